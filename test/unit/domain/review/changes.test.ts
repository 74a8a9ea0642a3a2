import { deepEqual, equal, ok } from "node:assert/strict";
import { accept } from "../../../../src/domain/review/baseline.ts";
import {
  acceptancesOf,
  changesOf,
  type DefinitionChange,
} from "../../../../src/domain/review/changes.ts";
import { detailsOf } from "../../../../src/domain/review/details.ts";
import { changeInWords, changesInWords } from "../../../../src/domain/review/words.ts";
import { Dice } from "../../engine/support/dice.ts";
import {
  AT,
  baselineOf,
  offering,
  randomCatalogue,
  type Source,
  tool,
} from "./support/definitions.ts";

/** Each change in words, with its name and what it means. */
function seen(changes: readonly DefinitionChange[]): readonly string[] {
  return changes.map((change) => `${change.impact} ${change.name}: ${changeInWords(change)}`);
}

function details(before: Source, after: Source): readonly string[] {
  return seen(changesOf(baselineOf([tool("t", before)]), offering([tool("t", after)])));
}

function schema(properties: Source, required: readonly string[] = []): Source {
  return { inputSchema: { type: "object", properties, required } };
}

describe("The changes of a catalogue since it was accepted", () => {
  it("are none where nothing changed, in whatever order keys and tools come", () => {
    const baseline = baselineOf([tool("a", { x: { b: 1, c: 2 } }), tool("b")]);
    deepEqual(changesOf(baseline, offering([tool("b"), tool("a", { x: { c: 2, b: 1 } })])), []);
  });

  it("say what is new, gone and changed, what widens a tool first", () => {
    const baseline = baselineOf(
      [tool("a"), tool("b"), tool("c", { annotations: {} })],
      [{ name: "p", description: "Explains" }],
    );
    const after = offering(
      [
        tool("a", { description: "Other" }),
        tool("c", { annotations: { destructiveHint: true } }),
        tool("d", { inputSchema: { type: "object", properties: { x: {} } } }),
      ],
      [{ name: "p", description: "Explains", arguments: [{ name: "page", required: true }] }],
    );
    deepEqual(seen(changesOf(baseline, after)), [
      "widening c: destructiveHint was not set and is true",
      "widening d: new",
      "breaking b: gone",
      "breaking p: parameter page is new and required",
      "text a: description",
    ]);
    equal(changesInWords(changesOf(baseline, after)), "1 new, 1 gone, 3 changed");
  });

  it("say of each parameter what differs, and what that means for callers", () => {
    const string = { type: "string" };
    const cases: readonly (readonly [Source, Source, readonly string[]])[] = [
      [schema({}), schema({ a: string }), ["compatible t: parameter a is new"]],
      [schema({}), schema({ a: string }, ["a"]), ["breaking t: parameter a is new and required"]],
      [schema({ a: string }), schema({}), ["breaking t: parameter a is gone"]],
      [
        schema({ a: string }),
        schema({ a: string }, ["a"]),
        ["breaking t: parameter a is required now"],
      ],
      [
        schema({ a: string }, ["a"]),
        schema({ a: string }),
        ["compatible t: parameter a is optional now"],
      ],
      [schema({ a: string }), schema({ a: { type: "number" } }), ["breaking t: another type of a"]],
      [
        schema({ a: { ...string, default: "x" } }),
        schema({ a: { ...string, default: "y" } }),
        ["breaking t: another default of a"],
      ],
      [
        schema({ a: { enum: ["x"] } }),
        schema({ a: { enum: ["x", "y"] } }),
        ["compatible t: other values of a"],
      ],
      [
        schema({ a: { enum: ["x", "y"] } }),
        schema({ a: { enum: ["y"] } }),
        ["breaking t: other values of a"],
      ],
      [
        schema({ a: string }),
        schema({ a: { ...string, description: "A" } }),
        ["text t: description of a"],
      ],
      [
        schema({ a: string }),
        schema({ a: { ...string, maxLength: 3 } }),
        ["breaking t: schema of a"],
      ],
      [
        schema({}),
        { inputSchema: { ...(schema({})["inputSchema"] as Source), additionalProperties: false } },
        ["breaking t: input schema"],
      ],
    ];
    for (const [before, after, expected] of cases) {
      deepEqual(details(before, after), expected);
    }
  });

  it("say what hints widen, where the worst holds for those that aren't set", () => {
    const hints = (before: Source, after: Source): readonly (readonly unknown[])[] =>
      detailsOf("tool", { annotations: before }, { annotations: after }).map((each) => [
        each.of === "hint" ? each.hint : each.of,
        each.impact,
      ]);
    deepEqual(hints({ readOnlyHint: true }, {}), [["readOnlyHint", "widening"]]);
    deepEqual(hints({}, { readOnlyHint: true }), [["readOnlyHint", "text"]]);
    deepEqual(hints({ destructiveHint: false }, {}), [["destructiveHint", "widening"]]);
    deepEqual(hints({}, { destructiveHint: true }), [["destructiveHint", "widening"]]);
    deepEqual(hints({}, { destructiveHint: false }), [["destructiveHint", "text"]]);
    deepEqual(hints({ openWorldHint: false }, { openWorldHint: true }), [
      ["openWorldHint", "widening"],
    ]);
    deepEqual(hints({ idempotentHint: true }, { title: "T" }), [
      ["idempotentHint", "text"],
      ["key", "text"],
    ]);
  });

  it("see every other key, such as _meta and the output schema", () => {
    deepEqual(details({ _meta: { a: 1 } }, { _meta: { a: 2 }, icons: [] }), [
      "text t: _meta, icons",
    ]);
    deepEqual(details({}, { outputSchema: {} }), ["compatible t: output schema is new"]);
    deepEqual(details({ outputSchema: {} }, {}), ["breaking t: output schema is gone"]);
    deepEqual(details({ outputSchema: {} }, { outputSchema: { type: "object" } }), [
      "breaking t: output schema",
    ]);
    // A parameter that is required but has no schema.
    deepEqual(details(schema({}), schema({}, ["a"])), ["breaking t: inputSchema"]);
  });

  it("propose a rename for what has the same parameters and is alike in words", () => {
    const description = "Searches the documentation and returns the best pages";
    const baseline = baselineOf([tool("search", { description }), tool("other")]);
    const after = offering([tool("search_docs", { description }), tool("other")]);
    const [change, ...others] = changesOf(baseline, after);
    deepEqual(others, []);
    equal(change?.how, "renamed");
    deepEqual(seen(change ? [change] : []), ["breaking search_docs: probably search before"]);
  });

  it("propose no rename where parameters differ, words differ, or two are as likely", () => {
    const description = "Searches the documentation and returns the best pages";
    const hows = (gone: readonly Source[], added: readonly Source[]): readonly string[] =>
      changesOf(baselineOf([...gone, tool("x")]), offering([...added, tool("x")])).map(
        ({ how }) => how,
      );
    const old = tool("a", { description });
    deepEqual(hows([old], [tool("b", { description, ...schema({ q: {} }) })]), [
      "added",
      "removed",
    ]);
    deepEqual(hows([old], [tool("b", { description: "Deletes everything" })]), [
      "added",
      "removed",
    ]);
    deepEqual(hows([old], [tool("b", { description }), tool("c", { description })]), [
      "added",
      "added",
      "removed",
    ]);
  });

  it("aren't told of a failed server without a catalogue, but of one that is ready", () => {
    const baseline = baselineOf([tool("a")]);
    deepEqual(changesOf(baseline, offering([], [], "error")), []);
    deepEqual(seen(changesOf(baseline, offering([]))), ["breaking a: gone"]);
  });

  it("take hostile names for what they are: names", () => {
    const baseline = baselineOf([tool("__proto__"), tool("constructor")]);
    deepEqual(seen(changesOf(baseline, offering([tool("__proto__")]))), [
      "breaking constructor: gone",
    ]);
  });

  it("are none once all of them were accepted, whatever they were", () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const [before, after] = [seed, -seed].map((each) => randomCatalogue(new Dice(each)));
      ok(before && after);
      const baseline = baselineOf(before.tools, before.prompts);
      const now = offering(after.tools, after.prompts);
      const changes = changesOf(baseline, now);
      const accepted = accept(baseline, acceptancesOf(changes), AT);
      deepEqual(changesOf(accepted, now), [], `seed ${seed}`);
      // One at a time leads there too.
      const [first] = changes;
      const rest = first && changesOf(accept(baseline, acceptancesOf([first]), AT), now);
      ok(!rest?.some(({ name, kind }) => name === first?.name && kind === first.kind));
    }
  });
});
