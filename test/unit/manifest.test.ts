import { deepEqual, equal, ok } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { CLIENTS, DEFAULT_CLIENTS } from "../../src/domain/clients/clientIds.ts";
import {
  COMMAND_NAMES,
  COMMAND_TABLE,
  COMMANDS,
  CONTEXT_KEYS,
  type CommandName,
  DEFINITION_LANGUAGE,
  GUIDED,
  LANGUAGES,
  MILESTONES,
  PAGES,
  SCHEMA_SCHEME,
  SCHEME,
  SETTINGS,
  TRIAL_LANGUAGE,
  VIEWS,
} from "../../src/manifest.ts";
import { generatedPackage } from "../manifest/contributions.ts";
import { DEFAULT_SEVERITIES } from "./domain/checks/support/checking.ts";

interface Command {
  readonly command: string;
  readonly title: string;
  readonly category: string;
}
interface Entry {
  readonly command: string;
  readonly when?: string;
  readonly group?: string;
}
interface Setting {
  readonly default?: unknown;
  readonly scope: string;
  readonly order: number;
  readonly properties?: Readonly<Record<string, { readonly description: string }>>;
  readonly items?: { readonly enum?: readonly string[] };
}
interface Manifest {
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly commands: readonly Command[];
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly viewsWelcome: readonly { readonly contents: string; readonly when: string }[];
    readonly menus: Readonly<Record<string, readonly Entry[]>>;
    readonly keybindings: readonly { readonly key: string; readonly when: string }[];
    readonly configuration: {
      readonly properties: Readonly<Record<string, Setting>>;
    };
    readonly jsonValidation: readonly { readonly url: string }[];
    readonly languages: readonly { readonly id: string }[];
    readonly walkthroughs: readonly { readonly steps: readonly Step[] }[];
  };
}
interface Step {
  readonly id: string;
  readonly description: string;
  readonly media: { readonly image: Readonly<Record<string, string>> };
  readonly completionEvents: readonly string[];
}

const root = new URL("../../", import.meta.url);
const text = readFileSync(new URL("package.json", root), "utf8");
const manifest: Manifest = JSON.parse(text);
const nls: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(new URL("package.nls.json", root), "utf8"),
);
const contributes = manifest.contributes;
const entries = Object.values(contributes.menus).flat();
const steps = contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps);
const declared = contributes.commands.map(({ command }) => command).sort();

const IN_TREE = "focusedView == mcpPortals.servers && listFocus && !inputFocus";
const IN_PORTALS = IN_TREE.replace("servers", "portals");

/** The palette's clause of commands that differ from others with the same needs. */
const SPECIAL: Readonly<Partial<Record<CommandName, string>>> = {
  addServer: "(mcpPortals.phase == ready || mcpPortals.phase == empty) && !mcpPortals.readOnly",
  undo: "mcpPortals.phase == ready && !mcpPortals.readOnly",
  cancelSync: "mcpPortals.syncing",
  clearFilter: "mcpPortals.filtered",
  clearLive: "mcpPortals.compared",
  // Commands that other parts of the extension call.
  toggle: "false",
  showDetails: "false",
  showNewer: "false",
  showStatusMenu: "false",
  openAtCapability: "false",
  disableChanged: "false",
};

function whenOf(name: CommandName): string {
  const { needs, writes } = COMMAND_TABLE[name];
  if (needs === "nothing") {
    return "always";
  }
  const phase = needs === "account" ? "mcpPortals.phase != signedOut" : "mcpPortals.phase == ready";
  return `${phase}${writes ? " && !mcpPortals.readOnly" : ""}`;
}

describe("the manifest", () => {
  it("is what `npm run manifest` writes: run it after a change of a command or a rule", () =>
    equal(text, generatedPackage(), "package.json is out of date: run `npm run manifest`."));

  it("contributes the commands that the code names", () =>
    deepEqual(declared, Object.values(COMMANDS).sort()));

  it("contributes the settings that the code names, none of which a workspace can set", () => {
    const properties = contributes.configuration.properties;
    deepEqual(Object.keys(properties).sort(), Object.values(SETTINGS).sort());
    for (const [key, { scope }] of Object.entries(properties)) {
      equal(scope, "application", key);
    }
  });

  it("names every rule in the settings, and how severe it is unless somebody changes that", () => {
    const rules = contributes.configuration.properties[SETTINGS.checksRules]?.properties ?? {};
    deepEqual(Object.keys(rules).sort(), [...DEFAULT_SEVERITIES.keys()].sort());
    for (const [id, severity] of DEFAULT_SEVERITIES) {
      const words = nls[rules[id]?.description.slice(1, -1) ?? ""]?.toLowerCase();
      ok(words?.endsWith(`${severity}.`), `${id}: ${words}`);
    }
  });

  it("offers the clients that the checks know", () => {
    const setting = contributes.configuration.properties[SETTINGS.checksClients];
    deepEqual(setting?.items?.enum, CLIENTS);
    deepEqual(setting?.default, DEFAULT_CLIENTS);
  });

  it("contributes the views and the languages that the code names", () => {
    const views = Object.values(contributes.views).flat();
    deepEqual(
      views.map(({ id }) => id),
      Object.values(VIEWS),
    );
    deepEqual(
      contributes.languages.map(({ id }) => id),
      [...LANGUAGES, TRIAL_LANGUAGE, DEFINITION_LANGUAGE],
    );
    ok(manifest.activationEvents.includes(`onFileSystem:${SCHEME}`));
    for (const page of Object.values(PAGES)) {
      ok(manifest.activationEvents.includes(`onWebviewPanel:${page}`));
    }
    ok(contributes.jsonValidation.every(({ url }) => url.startsWith(`${SCHEMA_SCHEME}://`)));
  });

  it("refers to commands that exist", () => {
    const links = (key: string): (string | undefined)[] =>
      [...(nls[key.slice(1, -1)] ?? "").matchAll(/\(command:([\w.]+)\)/g)].map(([, id]) => id);
    const inWelcome = contributes.viewsWelcome.flatMap(({ contents }) => links(contents));
    const inSteps = steps.map(({ description }) => links(description));
    const used = [...entries.map(({ command }) => command), ...inWelcome, ...inSteps.flat()];
    deepEqual(
      used.filter((command) => command === undefined || !declared.includes(command)),
      [],
    );
    ok(inWelcome.length > 0);
    for (const [index, step] of steps.entries()) {
      ok(inSteps[index]?.length, step.id);
    }
  });

  it("reads only context keys that the code sets", () => {
    const whens = [...entries, ...contributes.viewsWelcome].map(({ when }) => when ?? "");
    const ticks = steps.flatMap(({ completionEvents }) => completionEvents);
    const keys = [...whens, ...ticks].flatMap((when) => when.match(/mcpPortals\.\w+/g) ?? []);
    const of = [CONTEXT_KEYS, MILESTONES, VIEWS].flatMap((each) => Object.values<string>(each));
    const known = [...of, GUIDED];
    deepEqual(
      keys.filter((key) => !known.includes(key)),
      [],
    );
  });

  it("ticks off every step of the walkthrough, by a state and not by a command that was tried", () => {
    equal(steps.length, 6);
    for (const { id, completionEvents } of steps) {
      ok(completionEvents.length > 0, id);
      for (const event of completionEvents) {
        ok(event.startsWith("onContext:"), event);
      }
    }
  });

  it("has no clause that VS Code doesn't understand, because it would be true", () => {
    for (const { when } of entries) {
      ok(!when?.includes("!~"), when);
    }
  });

  it("has every inline action in the context menu too, and at most three a row", () => {
    const items = contributes.menus["view/item/context"] ?? [];
    const isInline = ({ group }: Entry): boolean => group?.startsWith("inline") ?? false;
    for (const { command } of items.filter(isInline)) {
      ok(
        items.some((entry) => entry.command === command && !isInline(entry)),
        command,
      );
    }
  });

  it("has a text for each key, and a key for each text", () => {
    const keys = [...text.matchAll(/"%([\w.-]+)%"/g)].map(([, key = ""]) => key);
    deepEqual([...new Set(keys)].sort(), Object.keys(nls).sort());
  });

  it("says of each command when the palette has it, as the code says what it needs", () => {
    const inPalette = new Map(
      (contributes.menus["commandPalette"] ?? []).map(({ command, when }) => [command, when]),
    );
    const whens = COMMAND_NAMES.map((name) => [name, inPalette.get(COMMANDS[name]) ?? "always"]);
    deepEqual(
      Object.fromEntries(whens),
      Object.fromEntries(COMMAND_NAMES.map((name) => [name, SPECIAL[name] ?? whenOf(name)])),
    );
  });

  it("binds keys in the tree alone, so that none is taken from VS Code", () => {
    deepEqual(
      contributes.keybindings.map(({ key, when }) => `${key}: ${when}`),
      [
        `f2: ${IN_TREE}`,
        `f2: ${IN_PORTALS}`,
        `delete: ${IN_TREE}`,
        `delete: ${IN_PORTALS}`,
        // On a row that can be expanded, VS Code handles Space itself.
        `space: ${IN_TREE} && !treeElementCanExpand && !treeElementCanCollapse`,
        `space: ${IN_PORTALS} && !treeElementCanExpand && !treeElementCanCollapse`,
      ],
    );
  });

  it("puts every command into its category", () => {
    for (const { command, category } of contributes.commands) {
      equal(category, "%category%", command);
    }
  });
});
