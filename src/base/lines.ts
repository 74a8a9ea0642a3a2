/** A place in a text. Both begin at 0; columns are UTF-16 code units. */
export interface LineAndColumn {
  readonly line: number;
  readonly column: number;
}

/** Finds the lines of many offsets, and looks for the ends of lines once. */
export function linesOf(text: string): (offset: number) => LineAndColumn {
  const starts = [0];
  for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", end + 1)) {
    starts.push(end + 1);
  }
  return (offset) => {
    const line = lastNotAfter(starts, offset);
    return { line, column: offset - (starts[line] ?? 0) };
  };
}

/** A binary search, because a document of thousands of tools has as many problems as lines. */
function lastNotAfter(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low;
}
