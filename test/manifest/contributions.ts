import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { CommandEntry } from "../../src/commandTable/entry.ts";
import {
  ASSISTANT_TOOLS,
  type AssistantToolName,
  assistantToolId,
} from "../../src/domain/assistant/toolNames.ts";
import {
  ASSISTANT_TOOL_TABLE,
  assistantInputSchema,
} from "../../src/domain/assistant/toolTable.ts";
import { SEVERITIES } from "../../src/domain/checks/finding.ts";
import { CHECKS, type CheckDescription } from "../../src/domain/checks/rules.ts";
import { CLIENTS, DEFAULT_CLIENTS } from "../../src/domain/clients/clientIds.ts";
import {
  COMMAND_NAMES,
  COMMAND_TABLE,
  COMMANDS,
  type CommandName,
  PRESSED,
  SETTING_TABLE,
  SETTINGS,
  type SettingName,
  VIEWS,
} from "../../src/manifest.ts";
import { ROOT } from "../harness/paths.ts";

export const PACKAGE = join(ROOT, "package.json");

interface MenuEntry {
  readonly command: string;
  readonly when?: string;
  readonly group?: string;
}

interface Package {
  readonly contributes: { readonly configuration: object };
}

/** The text of package.json, with the parts that are generated from the tables in the sources. */
export function generatedPackage(): string {
  const manifest: Package = JSON.parse(readFileSync(PACKAGE, "utf8"));
  const { contributes } = manifest;
  const contributed = {
    ...contributes,
    commands: COMMAND_NAMES.map(commandOf),
    menus: {
      "view/title": sorted(COMMAND_NAMES.flatMap(titleEntries)),
      "view/item/context": sorted(COMMAND_NAMES.flatMap(rowEntries)),
      "explorer/context": sorted(COMMAND_NAMES.flatMap(fileEntries)),
      "editor/title": sorted(COMMAND_NAMES.flatMap(fileEntries)),
      commandPalette: COMMAND_NAMES.flatMap(paletteEntries),
    },
    keybindings: COMMAND_NAMES.flatMap(keybindings),
    configuration: { ...contributes.configuration, properties: settingsOf() },
    languageModelTools: ASSISTANT_TOOLS.map(assistantToolOf),
  };
  return `${JSON.stringify({ ...manifest, contributes: contributed }, undefined, 2)}\n`;
}

function assistantToolOf(name: AssistantToolName): object {
  const tool = ASSISTANT_TOOL_TABLE[name];
  return {
    name: assistantToolId(name),
    toolReferenceName: tool.reference,
    displayName: `%assistant.${name}%`,
    userDescription: `%assistant.${name}.description%`,
    modelDescription: tool.description,
    canBeReferencedInPrompt: true,
    inputSchema: assistantInputSchema(tool),
  };
}

function entryOf(name: CommandName): CommandEntry {
  return COMMAND_TABLE[name];
}

function commandOf(name: CommandName): object {
  const { icon } = entryOf(name);
  return {
    command: COMMANDS[name],
    title: `%command.${name}%`,
    category: "%category%",
    ...(icon === undefined ? {} : { icon: `$(${icon})` }),
  };
}

const IN_VIEW = `view == ${VIEWS.servers}`;
const IN_PORTALS = `view == ${VIEWS.portals}`;
const IN_REVIEW = `view == ${VIEWS.review}`;
const IN_LIVE = `view == ${VIEWS.live}`;
const CHANGEABLE_SCREEN = "!mcpPortals.readOnly";
const CHANGEABLE_ROW = "!(viewItem =~ /;readOnly/)";

function titleEntries(name: CommandName): readonly MenuEntry[] {
  const { title = [], writes } = entryOf(name);
  return title.map(({ group, when, in: view = "servers" }) => ({
    command: COMMANDS[name],
    when: all(`view == ${VIEWS[view]}`, when, writes ? CHANGEABLE_SCREEN : undefined),
    group,
  }));
}

/**
 * VS Code shows an entry if its clause holds for each selected row. So with several rows a clause
 * tests only their kind: enabled and disabled rows can be selected together, and the command acts
 * on those that it changes.
 */
function rowEntries(name: CommandName): readonly MenuEntry[] {
  const { rows } = entryOf(name);
  if (rows === undefined) {
    return [];
  }
  const { inPortals, inReview, inLive } = rows;
  return [
    ...rowEntriesIn(name, rows, IN_VIEW, rows),
    ...(inPortals === undefined ? [] : rowEntriesIn(name, rows, IN_PORTALS, inPortals)),
    ...(inReview === undefined ? [] : rowEntriesIn(name, rows, IN_REVIEW, inReview)),
    ...(inLive === undefined ? [] : rowEntriesIn(name, rows, IN_LIVE, inLive)),
  ];
}

function rowEntriesIn(
  name: CommandName,
  rows: NonNullable<CommandEntry["rows"]>,
  inView: string,
  { on, inline }: { readonly on: readonly string[]; readonly inline?: number },
): readonly MenuEntry[] {
  if (on.length === 0) {
    return [];
  }
  const { writes } = entryOf(name);
  const command = COMMANDS[name];
  const kinds = `viewItem =~ /^${on.length === 1 ? on[0] : `(${on.join("|")})`}/`;
  const one = all(rows.only, writes ? CHANGEABLE_ROW : undefined);
  const manyOf = (selected: string) => all(selected, writes ? CHANGEABLE_SCREEN : undefined);
  const alone = all("!listMultiSelection", one);
  const state = {
    true: either(manyOf("listMultiSelection"), one),
    two: either(manyOf("listDoubleSelection"), alone),
    false: alone,
  }[`${rows.several}`];
  return [
    ...(inline === undefined
      ? []
      : [{ command, when: all(inView, kinds, one), group: `inline@${inline}` }]),
    { command, when: all(inView, kinds, state), group: rows.context },
  ];
}

/** The files of servers and portals, and not our documents of the same names. */
const ON_FILE =
  "resourceFilename =~ /[.]mcp-(server|portal)[.]json$/ && !(resourceScheme =~ /^mcp-portals/)";

function fileEntries(name: CommandName): readonly MenuEntry[] {
  const { files, writes } = entryOf(name);
  return files === undefined
    ? []
    : [
        {
          command: COMMANDS[name],
          when: all(
            ON_FILE,
            "mcpPortals.phase != signedOut",
            writes ? CHANGEABLE_SCREEN : undefined,
          ),
          group: files.context,
        },
      ];
}

function paletteEntries(name: CommandName): readonly MenuEntry[] {
  const when = paletteClause(entryOf(name));
  return when === undefined ? [] : [{ command: COMMANDS[name], when }];
}

/** Undefined for a command that the palette always shows. */
function paletteClause({ needs, writes, palette }: CommandEntry): string | undefined {
  if (palette !== undefined) {
    return palette === false ? "false" : palette;
  }
  switch (needs) {
    case "nothing":
      return undefined;
    case "account":
      return all("mcpPortals.phase != signedOut", writes ? CHANGEABLE_SCREEN : undefined);
    case "servers":
      return all("mcpPortals.phase == ready", writes ? CHANGEABLE_SCREEN : undefined);
  }
}

/**
 * A key doesn't tell its command the row. So it first takes the focused row out of the selection
 * and puts it back.
 */
function keybindings(name: CommandName): readonly object[] {
  const { key } = entryOf(name);
  if (key === undefined) {
    return [];
  }
  const { when, in: views = ["servers"], ...keys } = key;
  return views
    .map((each) => VIEWS[each])
    .map((view) => ({
      command: "runCommands",
      ...keys,
      when: all(`focusedView == ${view}`, "listFocus", "!inputFocus", when),
      args: {
        commands: [
          "list.toggleSelection",
          "list.toggleSelection",
          { command: COMMANDS[name], args: view === VIEWS.servers ? [PRESSED] : [PRESSED, view] },
        ],
      },
    }));
}

function all(...clauses: readonly (string | undefined)[]): string {
  return clauses.filter((clause) => clause !== undefined && clause !== "").join(" && ");
}

/** Empty where one side always holds. */
function either(one: string, other: string): string {
  return one === "" || other === "" ? "" : `(${one} || ${other})`;
}

/** By group and position, as a menu shows them. */
function sorted(entries: readonly MenuEntry[]): readonly MenuEntry[] {
  return entries.toSorted(
    (one, other) => compare(groupOf(one), groupOf(other)) || placeOf(one) - placeOf(other),
  );
}

function groupOf({ group = "" }: MenuEntry): string {
  return group.split("@")[0] ?? "";
}

function placeOf({ group = "" }: MenuEntry): number {
  return Number(group.split("@")[1] ?? 0);
}

function compare(one: string, other: string): number {
  if (one === other) {
    return 0;
  }
  return one < other ? -1 : 1;
}

/** Application-scoped, because a workspace could otherwise have a credential sent elsewhere. */
function settingsOf(): Readonly<Record<string, object>> {
  return Object.fromEntries(
    SETTING_NAMES.map((name, index) => {
      const id = SETTINGS[name];
      const text = id.replace("mcpPortals.", "");
      return [
        id,
        {
          ...SETTING_TABLE[name],
          ...fromChecks(name),
          scope: "application",
          markdownDescription: `%setting.${text}%`,
          order: index + 1,
        },
      ];
    }),
  );
}

const SETTING_NAMES = Object.keys(SETTING_TABLE) as readonly SettingName[];

/** The part of a setting that lists clients or rules of the checks. */
function fromChecks(name: SettingName): object {
  switch (name) {
    case "checksClients":
      return {
        items: {
          type: "string",
          enum: CLIENTS,
          enumDescriptions: CLIENTS.map((client) => `%client.${client}%`),
        },
        default: DEFAULT_CLIENTS,
      };
    case "checksRules":
      return {
        properties: Object.fromEntries(CHECKS.map((check) => [check.id, ruleSetting(check)])),
      };
    default:
      return {};
  }
}

function ruleSetting({ titleKey }: CheckDescription): object {
  return { type: "string", enum: [...SEVERITIES, "off"], description: `%${titleKey}%` };
}
