import { match } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { COMMANDS } from "../../src/manifest.ts";

interface Entry {
  readonly command: string;
  readonly when: string;
}

const manifest: {
  readonly contributes: { readonly menus: Readonly<Record<string, readonly Entry[]>> };
} = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
const { menus } = manifest.contributes;

/** Commands for which Cloudflare requires the permission to write. */
const WRITING: readonly string[] = [
  COMMANDS.syncServer,
  COMMANDS.syncAll,
  COMMANDS.enable,
  COMMANDS.disable,
  COMMANDS.editAlias,
  COMMANDS.editDescription,
  COMMANDS.resetOverrides,
  COMMANDS.addServer,
  COMMANDS.editServer,
  COMMANDS.deleteServer,
  COMMANDS.setUpstreamCredentials,
  COMMANDS.addPortal,
  COMMANDS.editPortal,
  COMMANDS.deletePortal,
  COMMANDS.attachServers,
  COMMANDS.detachServer,
  COMMANDS.keepNewToolsOff,
  COMMANDS.letNewToolsThrough,
  COMMANDS.requireUserAuth,
  COMMANDS.useAdminCredential,
  COMMANDS.setCodeMode,
  COMMANDS.undo,
  COMMANDS.fixProblems,
  COMMANDS.fixAll,
  COMMANDS.carryOver,
];

describe("a menu, with a credential that may only read,", () => {
  for (const [menu, hidden] of [
    ["view/item/context", /!\(viewItem =~ \/;readOnly\/\)/u],
    ["view/title", /!mcpPortals\.readOnly/u],
    ["commandPalette", /!mcpPortals\.readOnly/u],
  ] as const) {
    it(`hides what writes in ${menu}`, () => {
      const entries = (menus[menu] ?? []).filter(({ command }) => WRITING.includes(command));
      for (const { command, when } of entries) {
        match(when, hidden, command);
      }
    });
  }
});
