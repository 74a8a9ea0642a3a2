import { deepEqual, equal, ok } from "node:assert/strict";
import {
  neighbour,
  type Rectangle,
  squarify,
  squarifyGroups,
} from "../../../../src/domain/cost/treemap.ts";
import { growthOf } from "../../support/growth.ts";

const SCREEN: Rectangle = { x: 10, y: 20, width: 600, height: 400 };

const areaOf = ({ width, height }: Rectangle): number => width * height;

/** Numbers that look like dice and are the same in each run. */
function sizes(count: number): readonly number[] {
  let seed = 7;
  return Array.from({ length: count }, () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return seed % 900;
  });
}

function near(one: number, other: number): void {
  ok(Math.abs(one - other) < 0.01, `${one} isn't ${other}`);
}

function overlap(one: Rectangle, other: Rectangle): number {
  const across = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
  const down = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  return Math.max(across, 0) * Math.max(down, 0);
}

describe("a treemap", () => {
  it("lays out the example of its paper", () => {
    const six = squarify([6, 6, 4, 3, 2, 2, 1], { x: 0, y: 0, width: 6, height: 4 });
    const [first, second, third] = six;
    deepEqual(first, { x: 0, y: 0, width: 3, height: 2 });
    deepEqual(second, { x: 0, y: 2, width: 3, height: 2 });
    near(third?.width ?? 0, 12 / 7);
    near(third?.height ?? 0, 7 / 3);
  });

  it("gives each size its share of the area, and covers all of it without overlaps", () => {
    const given = sizes(200);
    const total = given.reduce((sum, size) => sum + size, 0);
    const rectangles = squarify(given, SCREEN);
    for (const [index, rectangle] of rectangles.entries()) {
      near(areaOf(rectangle), ((given[index] ?? 0) / total) * areaOf(SCREEN));
      ok(rectangle.width >= 0 && rectangle.height >= 0);
    }
    near(
      rectangles.reduce((sum, each) => sum + areaOf(each), 0),
      areaOf(SCREEN),
    );
    const overlaps = rectangles.flatMap((one, index) =>
      rectangles.slice(index + 1).map((other) => overlap(one, other)),
    );
    ok(Math.max(...overlaps) < 0.001);
  });

  it("stays within its rectangle, of 5,000 tools too", () => {
    for (const { x, y, width, height } of squarify(sizes(5000), SCREEN)) {
      if (width > 0) {
        ok(x >= 10 - 0.001 && x + width <= 610.001 && y >= 20 - 0.001 && y + height <= 420.001);
      }
    }
  });

  it("makes no long thin rectangles of sizes that are alike", () => {
    for (const { width, height } of squarify(Array(30).fill(5), SCREEN)) {
      ok(Math.max(width / height, height / width) < 2.5, `${width} × ${height}`);
    }
  });

  it("keeps the order of equal sizes, and is the same each time", () => {
    const [one, other] = squarify([4, 4], SCREEN);
    ok(one !== undefined && other !== undefined && one.x < other.x);
    deepEqual(squarify(sizes(99), SCREEN), squarify(sizes(99), SCREEN));
  });

  it("gives nothing to what has no size", () => {
    const nothing = { x: 0, y: 0, width: 0, height: 0 };
    deepEqual(squarify([0, 5, -1], SCREEN), [nothing, SCREEN, nothing]);
    deepEqual(squarify([0, 0], SCREEN), [nothing, nothing]);
    deepEqual(squarify([], SCREEN), []);
    deepEqual(squarify([1], { ...SCREEN, height: 0 }), [nothing]);
  });

  it("takes linear time", () => {
    const [small, large] = [sizes(2000), sizes(20_000)];
    const times = growthOf(
      () => squarify(small, SCREEN),
      () => squarify(large, SCREEN),
      { most: 40, nothing: 3000 },
    );
    ok(times < 40, `ten times as many took ${times} times as long`);
  });
});

describe("a treemap of groups", () => {
  const margins = { header: 20, gap: 2 };

  it("keeps what is in a group within it, below its name", () => {
    const groups = squarifyGroups([[5, 3, 1], [4, 0], [9]], SCREEN, margins);
    for (const { outer, inner, hasHeader } of groups) {
      ok(hasHeader);
      for (const { x, y, width, height } of inner.filter((each) => each.width > 0)) {
        ok(x >= outer.x + 2 && x + width <= outer.x + outer.width - 2 + 0.001);
        ok(y >= outer.y + 20 && y + height <= outer.y + outer.height - 2 + 0.001);
      }
    }
  });

  it("leaves out the name of a group that is too small for it", () => {
    const [large, small] = squarifyGroups([[1000], [1]], SCREEN, margins);
    deepEqual([large?.hasHeader, small?.hasHeader], [true, false]);
  });
});

describe("the neighbour in a treemap", () => {
  // 0 takes the left half, 1 and 2 share the right one.
  const rectangles: readonly Rectangle[] = [
    { x: 0, y: 0, width: 100, height: 100 },
    { x: 100, y: 0, width: 100, height: 50 },
    { x: 100, y: 50, width: 100, height: 50 },
    { x: 0, y: 0, width: 0, height: 0 },
  ];

  it("is what lies in the direction of the key", () => {
    equal(neighbour(rectangles, 1, "down"), 2);
    equal(neighbour(rectangles, 2, "up"), 1);
    equal(neighbour(rectangles, 2, "left"), 0);
    equal(neighbour(rectangles, 0, "right"), 1);
  });

  it("isn't there at the edge, nor where the rectangle is unknown", () => {
    equal(neighbour(rectangles, 0, "left"), undefined);
    equal(neighbour(rectangles, 1, "up"), undefined);
    equal(neighbour(rectangles, 9, "up"), undefined);
  });

  it("leads to every rectangle of a picture from any other", () => {
    const many = squarify(sizes(60), SCREEN);
    const drawn = many.flatMap(({ width }, index) => (width > 0 ? [index] : []));
    const reached = new Set([drawn[0] ?? 0]);
    for (const index of reached) {
      for (const direction of ["left", "right", "up", "down"] as const) {
        const next = neighbour(many, index, direction);
        if (next !== undefined) {
          reached.add(next);
        }
      }
    }
    equal(reached.size, drawn.length);
  });
});
