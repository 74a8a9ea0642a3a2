import { deepEqual, equal } from "node:assert/strict";
import type { Override } from "../../../../src/domain/catalogue/overrides.ts";
import { type FieldChange, fieldId } from "../../../../src/domain/changes/change.ts";
import type { LostChanges } from "../../../../src/domain/changes/lost.ts";
import { mappedCapabilityField, PORTAL_FIELDS } from "../../../../src/domain/portals/fields.ts";
import {
  decidedFields,
  isRestorable,
  lostByServer,
  lostBySync,
} from "../../../../src/domain/review/lostOverrides.ts";
import { mapping, portal } from "../../support/portals.ts";
import { capability, server } from "../../support/servers.ts";

const OF_PORTALS = { kind: "portal", fields: PORTAL_FIELDS };

describe("what a portal has lost", () => {
  const alias = mappedCapabilityField("docs", { kind: "tool", name: "search" }, "alias");
  const description = { ...alias, key: "description" };
  const lost: LostChanges = {
    kind: "portal",
    id: "main",
    at: 1,
    changes: [alias, description].map((field) => ({ field, from: "lost", to: null })),
  };
  const having = (...toolOverrides: readonly Override[]) =>
    portal({ mappings: [mapping("docs", { toolOverrides })] });
  const none = having();
  const again = having({ name: "search", alias: "find" });

  it("is decided where somebody has set the field since, and only there", () => {
    deepEqual(decidedFields([lost], OF_PORTALS, none, again), new Set([fieldId(alias)]));
    deepEqual(decidedFields([{ ...lost, id: "other" }], OF_PORTALS, none, again), new Set());
  });

  it("isn't decided while the portal still has it, as until the write that removes it", () => {
    deepEqual(decidedFields([lost], OF_PORTALS, again, again), new Set());
    deepEqual(decidedFields([lost], OF_PORTALS, again, none), new Set());
  });
});

describe("what a server has lost with a sync", () => {
  const lost = { name: "search_docs", alias: "find", enabled: false };
  const having = (names: readonly string[], ...overrides: readonly Override[]) =>
    server({ tools: names.map((name) => capability("tool", name)), toolOverrides: overrides });
  const keysOf = (changes: readonly FieldChange[]) =>
    changes.map(({ field, from }) => `${field.of?.name} ${field.key} ${from}`);

  it("is what was set for a tool that is gone together with it", () => {
    const before = having(["search_docs", "get"], lost, { name: "get", description: "Other" });
    deepEqual(keysOf(lostBySync(before, having(["get"]))), [
      "search_docs enabled false",
      "search_docs alias find",
    ]);
  });

  it("isn't what Cloudflare still has, nor what somebody removed of a tool that is there", () => {
    const before = having(["search_docs"], lost);
    deepEqual(lostBySync(before, having(["get"], lost)), []);
    deepEqual(lostBySync(before, having(["search_docs"])), []);
    deepEqual(keysOf(lostBySync(before, having(["get"], { name: "search_docs", alias: "find" }))), [
      "search_docs enabled false",
    ]);
  });

  it("is read again as one override, with the newest value of each field", () => {
    const changes = lostBySync(having(["search_docs"], lost), having(["get"]));
    const older = { name: "search_docs", alias: "older" };
    const first = lostBySync(having(["search_docs"], older), having(["get"]));
    const kept = [first, changes].map((each) => ({
      kind: "server",
      id: "docs",
      at: 1,
      changes: each,
    }));
    deepEqual(lostByServer(kept).get("docs"), [
      {
        serverId: "docs",
        of: { kind: "tool", name: "search_docs" },
        values: { alias: "find", enabled: false },
      },
    ]);
  });
});

describe("an override that could be set again", () => {
  const docs = server({ tools: [capability("tool", "search")] });
  const search = { kind: "tool", name: "search" } as const;
  const gone = { kind: "tool", name: "find" } as const;
  const fixes = ["carryOver", "removeOverride"] as const;
  const lost = { alias: "seek" };
  const never = () => undefined;

  it("is of a tool that is back or has another name, and of no other", () => {
    equal(isRestorable({ fixes, lost, subject: search }, docs, never), true);
    equal(isRestorable({ fixes, lost, subject: gone }, docs, never), false);
    equal(
      isRestorable({ fixes, lost, subject: gone }, docs, () => "search"),
      true,
    );
  });

  it("is one that the server still has under the old name too", () => {
    equal(isRestorable({ fixes, subject: gone }, docs, never), false);
    equal(
      isRestorable({ fixes, subject: gone }, docs, () => "search"),
      true,
    );
  });

  it("isn't told by findings about anything else", () => {
    equal(
      isRestorable({ fixes: ["setAlias"], subject: search }, docs, () => "other"),
      false,
    );
    equal(isRestorable({ fixes, lost }, docs, never), false);
  });
});
