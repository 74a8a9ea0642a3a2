import { deepEqual, equal } from "node:assert/strict";
import {
  accept,
  baselineText,
  firstLook,
  isBaseline,
  parseBaseline,
  shareDefinitions,
} from "../../../../src/domain/review/baseline.ts";
import { changesOf } from "../../../../src/domain/review/changes.ts";
import { Dice } from "../../engine/support/dice.ts";
import { AT, baselineOf, offering, randomCatalogue, tool } from "./support/definitions.ts";

describe("A baseline", () => {
  it("is the first look at a server that has anything, and nobody has reviewed it", () => {
    equal(firstLook(offering([]), AT), undefined);
    const { reviewed, tools } = baselineOf([tool("a", { _meta: { x: 1 } })]);
    equal(reviewed, false);
    deepEqual(tools.get("a")?.["_meta"], { x: 1 });
  });

  it("is reviewed once somebody accepted a part of it, and changes in that part alone", () => {
    const [a, b] = [tool("a"), tool("b")];
    const accepted = accept(
      baselineOf([a, b]),
      [{ kind: "tool", name: "a", definition: undefined }],
      "2026-11-28T12:00:00.000Z",
    );
    deepEqual(accepted, {
      tools: new Map([["b", b]]),
      prompts: new Map(),
      reviewed: true,
      at: "2026-11-28T12:00:00.000Z",
    });
  });

  it("is read as it was written, and written as the same bytes", () => {
    for (let seed = 1; seed <= 100; seed += 1) {
      const { tools, prompts } = randomCatalogue(new Dice(seed));
      const baseline = baselineOf(tools, prompts);
      const text = baselineText(baseline);
      const read = parseBaseline(text);
      deepEqual(read, baseline);
      equal(isBaseline(read) && baselineText(read), text);
    }
  });

  it("has a line for each capability", () => {
    equal(
      baselineText(baselineOf([{ name: "b", a: 1 }], [{ name: "p" }])),
      `{"version":1,"reviewed":false,"at":"${AT}","tools":[\n{"name":"b","a":1}],"prompts":[\n{"name":"p"}]}\n`,
    );
  });

  it("of a newer version stays as it is, and what isn't one counts for nothing", () => {
    equal(parseBaseline('{"version": 2, "tools": {}}'), "newer");
    for (const text of [
      "",
      "[]",
      "null",
      "<<<<<<< HEAD",
      '{"version": 1}',
      `{"version":1,"at":"${AT}","reviewed":false,"tools":[{}],"prompts":[]}`,
      `{"version":1,"at":"${AT}","reviewed":"no","tools":[],"prompts":[]}`,
      '{"version": "1"}',
    ]) {
      equal(parseBaseline(text), "none", text);
    }
  });

  it("takes over the catalogue's objects where they are equal, so that none is kept twice", () => {
    const stored = baselineOf([tool("a"), tool("b")]);
    const now = offering([tool("a"), tool("b", { description: "Other" })]);
    const { tools } = shareDefinitions(stored, now);
    equal(tools.get("a"), now.tools[0]?.source);
    equal(tools.get("b"), stored.tools.get("b"));
    equal(changesOf(shareDefinitions(stored, now), now).length, 1);
  });
});
