import { deepEqual, equal } from "node:assert/strict";
import type { FieldValue } from "../../../../src/domain/changes/change.ts";
import {
  type MappedCatalogue,
  mappedCatalogueOf,
} from "../../../../src/domain/portals/exposure.ts";
import {
  mappedOverrideValues,
  mappingField,
  PORTAL_FIELDS,
} from "../../../../src/domain/portals/fields.ts";
import type { Portal } from "../../../../src/domain/portals/portal.ts";
import { overrideValues, withValues } from "../../../../src/domain/servers/fields.ts";
import type { Server } from "../../../../src/domain/servers/server.ts";
import { pick, seeded } from "../../cloudflare/support/bend.ts";
import { mapping, portal } from "../../support/portals.ts";
import { capability, server } from "../../support/servers.ts";

const ROUNDS = 40;
const EDITS = 25;
const NAMES = ["search", "fetch", "delete", "summarise"] as const;
const TEXTS = [null, "find", "search", "Finds a page"] as const;

/** One server in two portals, of which the second lets no new tool through. */
interface Edited {
  readonly server: Server;
  readonly portals: readonly Portal[];
}

function started(tools: readonly string[]): Edited {
  const made = server({
    tools: tools.map((name) => capability("tool", name)),
    prompts: [capability("prompt", "search")],
  });
  const portals = [false, true].map((defaultDisabled, index) =>
    portal({
      id: `p${index}`,
      mappings: [mapping("docs", { tools: made.tools, defaultDisabled })],
    }),
  );
  return { server: made, portals };
}

function catalogues({ server: of, portals }: Edited): readonly MappedCatalogue[] {
  return portals.flatMap(({ mappings }) =>
    [...mappings.values()].map((each) => mappedCatalogueOf(each, of)),
  );
}

const listsOf = (edited: Edited) =>
  catalogues(edited).map(({ tools, prompts, enabledCount }) => ({ tools, prompts, enabledCount }));

function inPortal(edited: Edited, at: number, values: readonly FieldValue[]): Edited {
  return {
    ...edited,
    portals: edited.portals.map((each, index) =>
      index === at ? PORTAL_FIELDS.set(each, values) : each,
    ),
  };
}

function edit(edited: Edited, random: () => number): Edited {
  const of = { kind: pick(["tool", "tool", "prompt"] as const, random), name: pick(NAMES, random) };
  const values = pick(
    [
      { enabled: random() < 0.5 },
      { alias: pick(TEXTS, random) },
      { description: pick(TEXTS, random) },
    ],
    random,
  );
  switch (pick(["server", "portal", "portal", "switch"] as const, random)) {
    case "server":
      return { ...edited, server: withValues(edited.server, overrideValues(of, values)) };
    case "portal":
      return inPortal(edited, random() < 0.5 ? 0 : 1, mappedOverrideValues("docs", of, values));
    case "switch":
      return inPortal(edited, random() < 0.5 ? 0 : 1, [
        { field: mappingField("docs", "default_disabled"), to: random() < 0.5 },
      ]);
  }
}

describe("portals that are edited again and again", () => {
  it("expose what a build from nothing does", () => {
    for (let seed = 1; seed <= ROUNDS; seed += 1) {
      const random = seeded(seed);
      let edited = started(NAMES);
      for (let at = 0; at < EDITS; at += 1) {
        edited = edit(edited, random);
        // A copy shares no object with what was made before.
        deepEqual(listsOf(edited), listsOf(structuredClone(edited)), `seed ${seed}, edit ${at}`);
      }
    }
  });

  it("keep all objects but that of the tool that was edited", () => {
    const names = Array.from({ length: 200 }, (_, index) => `tool_${index}`);
    const objects = (of: Edited) =>
      new Set<object>(catalogues(of).flatMap(({ tools, prompts }) => [...tools, ...prompts]));
    let edited = started(names);
    let known = objects(edited);
    const made: number[] = [];
    const next = (after: Edited) => {
      const now = objects(after);
      made.push(now.difference(known).size);
      edited = after;
      known = now;
    };
    for (const [index, name] of names.slice(0, 20).entries()) {
      const of = { kind: "tool", name } as const;
      const values = mappedOverrideValues("docs", of, { alias: `${name}_here` });
      next(inPortal(edited, index % 2, values));
    }
    deepEqual(
      made,
      Array.from({ length: 20 }, () => 1),
    );
    // The second portal has all of them off, and the first has all of them on.
    equal(known.size, 2 * (names.length + 1));
    const alias = overrideValues({ kind: "tool", name: "tool_50" }, { alias: "fifty" });
    next({ ...edited, server: withValues(edited.server, alias) });
    deepEqual(made.at(-1), 2);
  });
});
