import { constants, crc32, deflateSync } from "node:zlib";

/** Pixels in the format of a canvas: red, green, blue and alpha of each, row by row. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8Array;
}

/** As many as a PNG with a palette can have. */
const MOST_COLOURS = 256;

/** The bits in which colours differ that aren't shades of each other. */
const KIND = 0xe0_e0_e0;

/**
 * Encodes a PNG of few colours, which is a third of the size or less. On a user interface nobody
 * sees the difference: colours of areas stay exact, and only rare shades at the edges of letters
 * are rounded.
 * @param colours how many at most, up to 256
 */
export function encodePalettePng(
  { width, height, rgba }: Pixels,
  colours: number = MOST_COLOURS,
): Buffer {
  const { palette, indexOf } = reduce(rgba, colours);
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1) {
    // The first byte of a row names its filter: none.
    for (let x = 0; x < width; x += 1) {
      rows[y * (width + 1) + 1 + x] = indexOf(colourAt(rgba, y * width + x));
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", header),
    chunk("PLTE", Buffer.from(palette.flatMap((colour) => [...channels(colour)]))),
    chunk("IDAT", smallest(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** Which way of compressing is the best differs from picture to picture. */
function smallest(rows: Buffer): Buffer {
  const { Z_DEFAULT_STRATEGY, Z_FILTERED } = constants;
  const all = [7, 8, 9].flatMap((memLevel) =>
    [Z_DEFAULT_STRATEGY, Z_FILTERED].map((strategy) =>
      deflateSync(rows, { level: 9, memLevel, strategy }),
    ),
  );
  return all.reduce((best, each) => (each.length < best.length ? each : best));
}

interface Reduced {
  readonly palette: readonly number[];
  indexOf(colour: number): number;
}

/**
 * Keeps one colour of each kind, then the most frequent ones. The others become the nearest of
 * these. Where there are too many kinds, greys go first, and colours that hardly occur: a small red
 * icon says more than a shade.
 */
function reduce(rgba: Uint8Array, most: number): Reduced {
  const counts = new Map<number, number>();
  for (let pixel = 0; pixel < rgba.length / 4; pixel += 1) {
    const colour = colourAt(rgba, pixel);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const weight = (colour: number): number => saturation(colour) * (counts.get(colour) ?? 0);
  const byCount = [...counts].sort(([, one], [, other]) => other - one).map(([colour]) => colour);
  const kinds = Map.groupBy(byCount, (colour) => colour & KIND);
  const oneOfEach = [...kinds.values()]
    .flatMap(([first]) => first ?? [])
    .sort((one, other) => weight(other) - weight(one));
  const wanted = [...oneOfEach.slice(0, most / 2), ...byCount];
  const palette = [...new Set(wanted)].slice(0, most);
  const indices = new Map(byCount.map((colour) => [colour, nearest(palette, colour)]));
  return { palette, indexOf: (colour) => indices.get(colour) ?? 0 };
}

function nearest(palette: readonly number[], colour: number): number {
  const distances = palette.map((candidate) => distance(candidate, colour));
  return distances.indexOf(Math.min(...distances));
}

function saturation(colour: number): number {
  return Math.max(...channels(colour)) - Math.min(...channels(colour));
}

/** How much more a difference in colour counts than one in brightness: a grey icon stays grey. */
const COLOUR_WEIGHT = 4;

function distance(one: number, other: number): number {
  const [red, green, blue] = channels(one);
  const [otherRed, otherGreen, otherBlue] = channels(other);
  const [byRed, byGreen, byBlue] = [red - otherRed, green - otherGreen, blue - otherBlue];
  const brightness = (byRed + 2 * byGreen + byBlue) / 4;
  const colour = (byRed - byGreen) ** 2 + (byBlue - byGreen) ** 2;
  return brightness ** 2 + COLOUR_WEIGHT * colour;
}

function colourAt(rgba: Uint8Array, pixel: number): number {
  const [red = 0, green = 0, blue = 0] = rgba.subarray(pixel * 4, pixel * 4 + 3);
  return red * 65_536 + green * 256 + blue;
}

function channels(colour: number): readonly [number, number, number] {
  return [colour >> 16, (colour >> 8) & 255, colour & 255];
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const frame = Buffer.alloc(4);
  frame.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([frame, body, check]);
}
