import { deepEqual, equal } from "node:assert/strict";
import { readArguments } from "../../../../src/features/commands/arguments.ts";
import type { CapabilityTarget, Row } from "../../../../src/target.ts";

const ACCOUNT = { accountId: "1" };
const one: CapabilityTarget = { ...ACCOUNT, kind: "tool", serverId: "docs", name: "one" };
const other: CapabilityTarget = { ...ACCOUNT, kind: "tool", serverId: "docs", name: "other" };

describe("What a command is called with", () => {
  it("is all selected rows for a command that takes several", () =>
    deepEqual(readArguments("disable", [one, [other, one]], undefined).rows, [other, one]));

  it("is the clicked row for a command that takes one, whatever else is selected", () =>
    deepEqual(readArguments("editAlias", [one, [other, one]], undefined).rows, [one]));

  it("is the clicked row where it isn't part of the selection", () =>
    deepEqual(readArguments("disable", [one, undefined], undefined).rows, [one]));

  it("is the row that a key was pressed on", () =>
    deepEqual(readArguments("toggle", ["pressed"], other).rows, [other]));

  it("is a row of a portal, which is another one than the server's", () => {
    const mapped: Row = { ...one, portalId: "main" };
    const mapping: Row = { ...ACCOUNT, kind: "mapping", portalId: "main", serverId: "docs" };
    deepEqual(readArguments("disable", [mapped, [mapped, mapping, one]], undefined).rows, [
      mapped,
      mapping,
      one,
    ]);
    deepEqual(readArguments("disable", [{ ...one, portalId: 1 }], undefined).rows, undefined);
  });

  it("is no row where a script gives anything else", () => {
    for (const row of [undefined, null, "tool", 1, {}, { kind: "tool", accountId: "1" }]) {
      deepEqual(readArguments("disable", [row, [row]], undefined).rows, undefined);
    }
    deepEqual(readArguments("disable", [one, [1, null]], undefined).rows, [one]);
  });

  it("has a text that only a script gives", () => {
    equal(readArguments("editAlias", [one, undefined, "name"], undefined).text, "name");
    equal(readArguments("editAlias", [one, undefined, 1], undefined).text, undefined);
  });

  it("is no row for a key that no row had the focus for, so that it acts on nothing", () =>
    deepEqual(readArguments("deleteServer", ["pressed"], undefined).rows, []));
});
