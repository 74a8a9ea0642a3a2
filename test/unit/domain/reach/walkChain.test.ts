import { deepEqual, equal, ok } from "node:assert/strict";
import type { ReachFacts } from "../../../../src/domain/reach/chain.ts";
import { LINKS } from "../../../../src/domain/reach/chain.ts";
import { unpublished, walkChain } from "../../../../src/domain/reach/walkChain.ts";
import { mapping, portal } from "../../support/portals.ts";
import { server } from "../../support/servers.ts";
import { portalApp, STAFF, serverApp, soundFacts } from "./support/reachFacts.ts";

const ANN = { email: "ann@example.com", serviceToken: "t1", client: "claude-code" } as const;

describe("The chain from a portal to its users", () => {
  it("has ten links in order, and breaks nowhere where all is sound", () => {
    const { links, isBroken, headline } = walkChain(soundFacts(), ANN);
    deepEqual(
      links.map(({ id }) => id),
      LINKS,
    );
    deepEqual(
      links.map(({ state }) => state),
      [...Array(8).fill("holds"), "depends", "holds"],
    );
    equal(isBroken, false);
    equal(headline, "Nothing is broken. What is left depends on the user.");
  });

  it("makes a headline of the first broken link", () => {
    const facts = soundFacts({
      apps: { kind: "read", value: [portalApp(), serverApp({ policies: [] })] },
      serverOf: () => server({ status: "error" }),
    });
    const reach = walkChain(facts, {});
    equal(reach.headline, "Users don't see Docs: its Access application has no Allow policy.");
    deepEqual(
      unpublished(reach).map(({ id }) => id),
      ["serverApp", "status"],
    );
  });

  it("counts what couldn't be looked at", () => {
    const denied = { kind: "denied", permission: "Zone Read" } as const;
    equal(
      walkChain(soundFacts({ dns: denied }), {}).headline,
      "No broken link was found. 1 link couldn't be looked at.",
    );
    equal(
      walkChain(soundFacts({ dns: denied, apps: denied }), {}).headline,
      "No broken link was found. 4 links couldn't be looked at.",
    );
  });

  it("tells of each server, the broken ones first", () => {
    const facts: ReachFacts = soundFacts({
      portal: portal({ mappings: [mapping("docs"), mapping("crm")] }),
      serverOf: (id) => server({ id, name: id, status: id === "crm" ? "error" : "ready" }),
      apps: {
        kind: "read",
        value: [portalApp(), serverApp({ serverIds: ["docs", "crm"], policies: [STAFF] })],
      },
    });
    const status = walkChain(facts, {}).links.find(({ id }) => id === "status");
    deepEqual(
      status?.found.map(({ sentence }) => sentence),
      ["Users don't see crm: its status is “Error”.", "docs is ready."],
    );
    const one = walkChain(facts, { serverId: "docs" });
    ok(!one.isBroken);
  });

  it("doesn't call a portal unpublished for what a client or token can't do", () => {
    const reach = walkChain(soundFacts(), { serviceToken: "t2" });
    ok(reach.isBroken);
    deepEqual(unpublished(reach), []);
  });
});
