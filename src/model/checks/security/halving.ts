/**
 * The first of some parts in a row that ends after an offset, or the last one; by halving, as texts
 * can be long.
 */
export function firstEndingAfter(
  parts: readonly { readonly end: number }[],
  offset: number,
): number {
  let low = 0;
  let high = parts.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((parts[middle]?.end ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
