import { deepEqual, equal, match } from "node:assert/strict";
import type { Finding } from "../../../../src/domain/checks/finding.ts";
import { DEFAULT_SETTINGS } from "../../../../src/domain/checks/settings.ts";
import { CLIENTS, type ClientId } from "../../../../src/domain/clients/clientIds.ts";
import type { Portal } from "../../../../src/domain/portals/portal.ts";
import { mapping, portal } from "../../support/portals.ts";
import { capability, server } from "../../support/servers.ts";
import { checkCase } from "./support/checking.ts";

const tools = (count: number) =>
  Array.from({ length: count }, (_, index) => capability("tool", `tool${index}`));
const servers = ["one", "two"].map((id) => server({ id, name: id, tools: tools(65) }));
const both = [mapping("one", { tools: tools(65) }), mapping("two", { tools: tools(65) })];

/** What is found of counts in a portal, and of nothing but counts. */
function countsIn(of: Portal, clients: readonly ClientId[] = CLIENTS): readonly Finding[] {
  const settings = { ...DEFAULT_SETTINGS, clients: new Set(clients) };
  const found = checkCase({ servers, inPortals: { portals: [of] }, settings });
  const counts = ({ rule }: Finding) => rule.startsWith("count/");
  deepEqual([...found.servers.values()].flat().filter(counts), []);
  return (found.portals.get(of.id) ?? []).filter(counts);
}

const rulesIn = (of: Portal, clients?: readonly ClientId[]) =>
  countsIn(of, clients).map(({ rule }) => rule);

describe("the number of tools in a portal", () => {
  it("adds up over its servers, and is said to be of this portal alone", () => {
    const [of128, of100] = countsIn(portal({ mappings: both }));
    equal(of128?.rule, "count/over-128");
    match(of128.message, /^With this portal alone a client has 130 tools; .* at most 128 /u);
    equal(of100?.rule, "count/over-100");
    match(of100.message, /^With this portal alone Windsurf has 130 tools; .* first 100\.$/u);
    deepEqual(of128.path, ["servers"]);
  });

  it("counts those that the portal has on", () => {
    const off = Array.from({ length: 40 }, (_, index) => ({
      name: `tool${index}`,
      enabled: false,
    }));
    const fewer = mapping("two", { tools: tools(65), toolOverrides: off });
    deepEqual(rulesIn(portal({ mappings: both.slice(0, 1) })), []);
    deepEqual(rulesIn(portal({ mappings: [...both.slice(0, 1), fewer] })), []);
  });

  it("isn't counted for clients that search among their tools", () => {
    const all = portal({ mappings: both });
    deepEqual(rulesIn(all, ["claude-code", "cursor", "codex"]), []);
    deepEqual(rulesIn(all, ["vscode"]), ["count/over-128"]);
    deepEqual(rulesIn(all, ["openai"]), ["count/over-128"]);
    deepEqual(rulesIn(all, ["windsurf"]), ["count/over-100"]);
  });

  it("doesn't matter where clients get Code Mode's two tools", () => {
    for (const codeMode of ["default_on", "enforced"] as const) {
      deepEqual(rulesIn(portal({ mappings: both, codeMode })), []);
    }
    equal(rulesIn(portal({ mappings: both, codeMode: "opt_in" })).length, 2);
  });
});
