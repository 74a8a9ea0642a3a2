import { deepEqual } from "node:assert/strict";
import type { FieldChange } from "../../../../src/domain/changes/change.ts";
import { dropRedundant } from "../../../../src/domain/servers/fields.ts";
import { server } from "../../support/servers.ts";

const OWN = "What search does";
const description = (from: string | null, to: string | null): FieldChange => ({
  field: { of: { kind: "tool", name: "search" }, key: "description" },
  from,
  to,
});

describe("a description equal to the upstream's", () => {
  it("is no change where there was no override", () =>
    deepEqual(dropRedundant([description(null, OWN)], server()), []));

  it("removes an override where there was one", () =>
    deepEqual(dropRedundant([description("Ours", OWN)], server()), [description("Ours", null)]));

  it("is told from every other change", () => {
    const changes: readonly FieldChange[] = [
      description(null, "Ours"),
      description("Ours", null),
      { field: { of: undefined, key: "description" }, from: null, to: OWN },
      { field: { of: { kind: "tool", name: "search" }, key: "alias" }, from: null, to: OWN },
      { field: { of: { kind: "tool", name: "gone" }, key: "description" }, from: null, to: OWN },
    ];
    deepEqual(dropRedundant(changes, server()), changes);
  });
});
