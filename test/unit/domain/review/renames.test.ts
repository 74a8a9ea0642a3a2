import { deepEqual, ok } from "node:assert/strict";
import { likelyRenames } from "../../../../src/domain/review/renames.ts";
import { growthOf } from "../../support/growth.ts";

function some(count: number, prefix: string) {
  return Array.from({ length: count }, (_, index) => ({
    name: `${prefix}_${index}`,
    definition: {
      description: `Reads the ${index} th record of table ${index % 17} and its history`,
      inputSchema: { type: "object", properties: { id: {} } },
    },
  }));
}

describe("Likely renames", () => {
  it("pair each that is gone with the new one of its words", () => {
    const renames = likelyRenames("tool", some(100, "old"), some(100, "new"));
    deepEqual(
      renames.map(({ from, to }) => [from, to]).sort(),
      Array.from({ length: 100 }, (_, index) => [`old_${index}`, `new_${index}`]).sort(),
    );
  });

  it("take about as long for each of 2,000 as for each of 250", () => {
    const pairing = (count: number) => {
      const [gone, added] = [some(count, "old"), some(count, "new")];
      return () => likelyRenames("tool", gone, added);
    };
    const growth = growthOf(pairing(250), pairing(2000), { most: 16, nothing: 2000 });
    ok(growth < 16, `${growth} times the work for 8 times as many`);
  });
});
