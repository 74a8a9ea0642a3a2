import { deepEqual, equal } from "node:assert/strict";
import {
  changesFrom,
  inverted,
  mergeChanges,
  threeWay,
} from "../../../../src/domain/changes/change.ts";
import { compare } from "../../../../src/domain/changes/writeResult.ts";
import {
  overrideValues,
  SERVER_FIELDS,
  withValues,
} from "../../../../src/domain/servers/fields.ts";
import { planPatch, untouchedFields } from "../../../../src/domain/servers/patch.ts";
import { capability, server } from "../../support/servers.ts";

describe("an edit", () => {
  it("sends the whole array and no other key", () => {
    const current = server({
      toolOverrides: [
        { name: "vanished", alias: "old" },
        { name: "delete_page", enabled: false },
      ],
    });
    const edit = overrideValues({ kind: "tool", name: "search" }, { alias: "find" });
    deepEqual(planPatch(current, edit), {
      updated_tools: [
        { name: "search", alias: "find" },
        { name: "delete_page", enabled: false },
        { name: "vanished", alias: "old" },
      ],
    });
  });

  it("keeps what it doesn't know of an override", () => {
    const extra = { name: "search", enabled: false, priority: 7 };
    const current = server({ toolOverrides: [extra] });
    const edit = overrideValues({ kind: "tool", name: "search" }, { enabled: true });
    deepEqual(planPatch(current, edit), {
      updated_tools: [{ name: "search", enabled: true, priority: 7 }],
    });
  });

  it("drops an override that has become empty", () => {
    const current = server({ promptOverrides: [{ name: "summarise", alias: "sum" }] });
    const edit = overrideValues(
      { kind: "prompt", name: "summarise" },
      { alias: null, description: null },
    );
    deepEqual(planPatch(current, edit), { updated_prompts: [] });
  });

  it("sends nothing when everything is so already", () => {
    const current = server({ toolOverrides: [{ name: "search", alias: "find" }] });
    equal(
      planPatch(current, [
        ...overrideValues({ kind: "tool", name: "search" }, { alias: "find" }),
        ...overrideValues({ kind: "tool", name: "delete_page" }, { alias: null }),
      ]),
      undefined,
    );
    const same = [
      { field: { of: undefined, key: "name" }, to: "Docs" },
      { field: { of: undefined, key: "secure_web_gateway" }, to: false },
    ] as const;
    equal(planPatch(current, same), undefined);
  });

  it("clears the server's description with null", () => {
    deepEqual(planPatch(server(), [{ field: { of: undefined, key: "description" }, to: null }]), {
      description: null,
    });
  });

  it("handles a tool named __proto__", () => {
    const current = server({ tools: [capability("tool", "__proto__")] });
    const edit = overrideValues({ kind: "tool", name: "__proto__" }, { enabled: false });
    deepEqual(planPatch(current, edit), {
      updated_tools: [{ name: "__proto__", enabled: false }],
    });
    equal(withValues(current, edit).toolOverrides.get("__proto__")?.enabled, false);
  });

  it("leaves no entry behind when it is undone", () => {
    const before = server();
    const changes = changesFrom(
      SERVER_FIELDS,
      before,
      overrideValues({ kind: "tool", name: "search" }, { enabled: false }),
    );
    const after = withValues(before, changes);
    deepEqual(planPatch(after, inverted(changes)), { updated_tools: [] });
  });

  it("merges with a later one field by field, on the base of the first", () => {
    const seen = server();
    const earlier = changesFrom(
      SERVER_FIELDS,
      seen,
      overrideValues({ kind: "tool", name: "search" }, { alias: "find", enabled: false }),
    );
    const later = changesFrom(SERVER_FIELDS, withValues(seen, earlier), [
      ...overrideValues({ kind: "tool", name: "search" }, { alias: "look" }),
      ...overrideValues({ kind: "prompt", name: "summarise" }, { alias: "sum" }),
    ]);
    deepEqual(
      mergeChanges([earlier, later]).map(({ field, from, to }) => [field.key, from, to]),
      [
        ["enabled", null, false],
        ["alias", null, "look"],
        ["alias", null, "sum"],
      ],
    );
  });
});

describe("a change of two people", () => {
  const seen = server();
  const changes = changesFrom(
    SERVER_FIELDS,
    seen,
    overrideValues({ kind: "tool", name: "search" }, { alias: "find", enabled: false }),
  );

  it("is written where nobody else changed the field", () => {
    const current = server({ toolOverrides: [{ name: "delete_page", enabled: false }] });
    const { apply, conflicts } = threeWay(SERVER_FIELDS, changes, current);
    deepEqual(apply, changes);
    deepEqual(conflicts, []);
    deepEqual(planPatch(current, apply), {
      updated_tools: [
        { name: "search", alias: "find", enabled: false },
        { name: "delete_page", enabled: false },
      ],
    });
  });

  it("is no conflict where both set the same value", () => {
    const current = server({ toolOverrides: [{ name: "search", alias: "find" }] });
    const { apply, already } = threeWay(SERVER_FIELDS, changes, current);
    deepEqual(
      apply.map(({ field }) => field.key),
      ["enabled"],
    );
    deepEqual(
      already.map(({ field }) => field.key),
      ["alias"],
    );
  });

  it("is a conflict about the same field alone", () => {
    const current = server({ toolOverrides: [{ name: "search", alias: "theirs" }] });
    const { apply, conflicts } = threeWay(SERVER_FIELDS, changes, current);
    deepEqual(
      apply.map(({ field }) => field.key),
      ["enabled"],
    );
    deepEqual(
      conflicts.map(({ change, theirs }) => [change.to, theirs]),
      [["find", "theirs"]],
    );
  });
});

describe("the ignored part of a write", () => {
  const edit = [
    ...[
      ...overrideValues({ kind: "tool", name: "search" }, { alias: "find", enabled: false }),
      ...overrideValues({ kind: "prompt", name: "summarise" }, { description: null }),
    ],
    { field: { of: undefined, key: "secure_web_gateway" }, to: true } as const,
  ];
  const changes = changesFrom(
    SERVER_FIELDS,
    server({ promptOverrides: [{ name: "summarise", description: "Short" }] }),
    edit,
  );

  it("is empty when everything reads back as sent", () => {
    deepEqual(compare(SERVER_FIELDS, changes, withValues(server(), edit)).ignored, []);
  });

  it("is each field that reads back differently, with the value there", () => {
    const readBack = server({
      toolOverrides: [{ name: "search", alias: "other" }],
      promptOverrides: [{ name: "summarise", description: "Short" }],
    });
    deepEqual(
      compare(SERVER_FIELDS, changes, readBack).ignored.map(({ change, found }) => [
        change.field.key,
        found,
      ]),
      [
        ["enabled", null],
        ["alias", "other"],
        ["description", "Short"],
        ["secure_web_gateway", false],
      ],
    );
  });

  it("can be an entry that a whole array only carried along", () => {
    const current = server({
      toolOverrides: [
        { name: "search", alias: "find" },
        { name: "delete_page", enabled: false },
      ],
    });
    const change = overrideValues({ kind: "tool", name: "search" }, { alias: "look" });
    const patch = planPatch(current, change) ?? {};
    deepEqual(
      untouchedFields(patch, change).map(({ field, to }) => [field.of?.name, field.key, to]),
      [["delete_page", "enabled", false]],
    );
  });
});
