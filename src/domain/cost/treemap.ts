/** In any unit, such as the pixels of a page. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const NOTHING: Rectangle = { x: 0, y: 0, width: 0, height: 0 };

interface Area {
  readonly index: number;
  readonly area: number;
}

/**
 * Divides a rectangle into one for each size, in the order of the sizes. Areas are in proportion to
 * sizes, and sides as equal as can be. The largest stands at the left top. Equal sizes keep their
 * order, so the same sizes always make the same picture. What has no size gets no area. Linear but
 * for the sorting.
 * Source: Bruls, Huizing and van Wijk, Squarified Treemaps, 2000.
 */
export function squarify(sizes: readonly number[], within: Rectangle): readonly Rectangle[] {
  const areas = areasOf(sizes, within);
  const rectangles = sizes.map(() => NOTHING);
  let free = within;
  let rest = 0;
  while (rest < areas.length) {
    const end = endOfRow(areas, rest, Math.min(free.width, free.height));
    free = placeRow(areas.slice(rest, end), free, rectangles);
    rest = end;
  }
  return rectangles;
}

/** The area of each size that has one, the largest first. */
function areasOf(sizes: readonly number[], { width, height }: Rectangle): readonly Area[] {
  const total = sizes.reduce((sum, size) => sum + Math.max(size, 0), 0);
  if (!(total > 0 && width > 0 && height > 0)) {
    return [];
  }
  const scale = (width * height) / total;
  return sizes
    .map((size, index) => ({ index, area: size * scale }))
    .filter(({ area }) => area > 0)
    .sort((one, other) => other.area - one.area || one.index - other.index);
}

/** A row takes areas as long as its worst rectangle becomes more like a square by it. */
function endOfRow(areas: readonly Area[], start: number, side: number): number {
  const largest = areas[start]?.area ?? 0;
  let sum = 0;
  let worst = Number.POSITIVE_INFINITY;
  for (let end = start; end < areas.length; end += 1) {
    const smallest = areas[end]?.area ?? 0;
    sum += smallest;
    const thickness = sum / side;
    const next = Math.max(largest / thickness ** 2, thickness ** 2 / smallest);
    if (next > worst) {
      return end;
    }
    worst = next;
  }
  return areas.length;
}

/** Lays a row along the shorter side, writes its rectangles, and returns what stays free. */
function placeRow(row: readonly Area[], free: Rectangle, rectangles: Rectangle[]): Rectangle {
  const isColumn = free.width >= free.height;
  const side = isColumn ? free.height : free.width;
  const depth = isColumn ? free.width : free.height;
  const sum = row.reduce((total, { area }) => total + area, 0);
  // Sums of fractions may end a little outside.
  const thickness = Math.min(sum / side, depth);
  let offset = 0;
  for (const { index, area } of row) {
    const length = (area / sum) * side;
    rectangles[index] = isColumn
      ? { x: free.x, y: free.y + offset, width: thickness, height: length }
      : { x: free.x + offset, y: free.y, width: length, height: thickness };
    offset += length;
  }
  return isColumn
    ? { ...free, x: free.x + thickness, width: free.width - thickness }
    : { ...free, y: free.y + thickness, height: free.height - thickness };
}

/** What a group leaves for its name and for the gap around it. */
export interface GroupMargins {
  readonly header: number;
  readonly gap: number;
}

/** A group of a treemap, with the rectangles of what is in it. */
export interface GroupRectangles {
  readonly outer: Rectangle;
  /** False where it is too small for its name. */
  readonly hasHeader: boolean;
  readonly inner: readonly Rectangle[];
}

/** Lays out groups by the sum of their sizes, and in each group its sizes. */
export function squarifyGroups(
  groups: readonly (readonly number[])[],
  within: Rectangle,
  { header, gap }: GroupMargins,
): readonly GroupRectangles[] {
  const sums = groups.map((sizes) => sizes.reduce((sum, size) => sum + Math.max(size, 0), 0));
  const outers = squarify(sums, within);
  return groups.map((sizes, index) => {
    const outer = outers[index] ?? NOTHING;
    const hasHeader = outer.height > header * 2 && outer.width > header * 3;
    const top = hasHeader ? header : gap;
    const inner = squarify(sizes, {
      x: outer.x + gap,
      y: outer.y + top,
      width: Math.max(outer.width - gap * 2, 0),
      height: Math.max(outer.height - top - gap, 0),
    });
    return { outer, hasHeader, inner };
  });
}

/** The directions of the arrow keys. */
export type Direction = "left" | "right" | "up" | "down";

/**
 * The nearest rectangle in a direction, by the distance of middles; one that lies straight ahead
 * comes before one that lies aside. Undefined at the edge.
 */
export function neighbour(
  rectangles: readonly Rectangle[],
  from: number,
  direction: Direction,
): number | undefined {
  const here = rectangles[from];
  if (here === undefined) {
    return undefined;
  }
  let best: number | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const [index, there] of rectangles.entries()) {
    const distance = there.width > 0 ? distanceTo(here, there, direction) : undefined;
    if (distance !== undefined && distance < least) {
      best = index;
      least = distance;
    }
  }
  return best;
}

/** Less than this lies between rectangles that touch. */
const TOUCHING = 0.5;
/** How many times farther what lies aside counts. */
const ASIDE = 4;

function distanceTo(here: Rectangle, there: Rectangle, direction: Direction): number | undefined {
  const isAcross = direction === "left" || direction === "right";
  const [one, other] = isAcross ? [alongX(here), alongX(there)] : [alongY(here), alongY(there)];
  const [mine, theirs] = isAcross ? [alongY(here), alongY(there)] : [alongX(here), alongX(there)];
  const ahead =
    direction === "right" || direction === "down" ? other.start - one.end : one.start - other.end;
  if (ahead < -TOUCHING) {
    return undefined;
  }
  const aside = Math.max(theirs.start - mine.end, mine.start - theirs.end, 0);
  const shift = Math.abs((theirs.start + theirs.end - mine.start - mine.end) / 2);
  // Of several that lie straight ahead the one in the middle is meant.
  return ahead + aside * ASIDE + shift / 1000;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

const alongX = ({ x, width }: Rectangle): Span => ({ start: x, end: x + width });
const alongY = ({ y, height }: Rectangle): Span => ({ start: y, end: y + height });
