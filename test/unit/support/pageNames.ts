import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { COMMANDS as CLI_COMMANDS } from "../../../src/cli/commands/allCommands.ts";
import { CHECKS } from "../../../src/domain/checks/rules.ts";
import { DOCUMENT_CODES } from "../../../src/domain/documents/problem.ts";
import { WAIVER_RULES } from "../../../src/domain/report/waivers.ts";
import { REVIEW_RULES } from "../../../src/domain/review/reviewFindings.ts";
import {
  COMMANDS,
  CONTEXT_KEYS,
  GUIDED,
  MILESTONES,
  PAGES,
  SETTINGS,
  STATUS_BAR_ITEM,
  VIEWS,
} from "../../../src/manifest.ts";
import { ROOT } from "../../harness/paths.ts";

/** The pages that people read. */
export const PAGE_FILES: readonly string[] = [
  "README.md",
  "CHANGELOG.md",
  "CONTRIBUTING.md",
  "SECURITY.md",
  "SUPPORT.md",
  ...globSync("docs/*.md", { cwd: ROOT }).sort(),
];

export function readPage(file: string): string {
  return readFileSync(join(ROOT, file), "utf8");
}

type Texts = Readonly<Record<string, string | { readonly message: string }>>;

function readTexts(file: string): ReadonlyMap<string, string> {
  const texts: Texts = JSON.parse(readPage(file));
  return new Map(
    Object.entries(texts).map(([key, text]) => [
      key,
      typeof text === "string" ? text : text.message,
    ]),
  );
}

const manifestTexts = readTexts("package.nls.json");

/** A text as pages write it: without icons, and with … for what is filled in. */
function asWritten(text: string): string {
  return text.replaceAll(/^\$\([\w~-]+\) /gu, "").replaceAll(/\{\d\}/gu, "…");
}

const ON_SCREEN: ReadonlySet<string> = new Set(
  [...manifestTexts.values(), ...readTexts("l10n/bundle.l10n.json").values()].map(asWritten),
);

export function titleOf(command: string): string {
  return manifestTexts.get(`command.${command}`) ?? command;
}

const TITLES: readonly string[] = Object.keys(COMMANDS).map(titleOf);

const IDS: ReadonlySet<string> = new Set<string>([
  ...Object.values(COMMANDS),
  ...Object.values(CONTEXT_KEYS),
  ...Object.values(MILESTONES),
  ...Object.values(PAGES),
  ...Object.values(SETTINGS),
  ...Object.values(VIEWS),
  GUIDED,
  STATUS_BAR_ITEM,
]);

const RULES: ReadonlySet<string> = new Set<string>([
  ...CHECKS.map(({ id }) => id),
  ...DOCUMENT_CODES,
  ...REVIEW_RULES,
  ...WAIVER_RULES,
]);

/** What looks like a rule and is none: a name of a tool, and one of VS Code's menus. */
const NO_RULES: ReadonlySet<string> = new Set(["files/read", "editor/title"]);

/** The options that every command of the command line has. */
const COMMON_OPTIONS = ["--account", "--api-base-url", "--json", "--help"] as const;

const optionOf = (form: string): string => form.split(" ")[0] ?? form;

/** The options of each command of the command line. */
export const CLI_OPTIONS: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  CLI_COMMANDS.map((command) => [
    command.name,
    new Set([...COMMON_OPTIONS, ...command.options().map(({ form }) => optionOf(form))]),
  ]),
);

/** The code of a page: what stands in backticks, and each line of a block. */
export function codesOf(page: string): readonly string[] {
  const blocks = [...page.matchAll(/^ *```\w*\n(.*?)^ *```$/gmsu)].map(([, text = ""]) => text);
  const prose = page.replaceAll(/^ *```\w*\n.*?^ *```$/gmsu, "");
  const inline = [...prose.matchAll(/`([^`]+)`/gu)].map(([, text = ""]) => oneLine(text));
  return [...inline, ...blocks.flatMap((text) => text.split("\n"))];
}

/** What a page says is on screen. */
export function italicsOf(page: string): readonly string[] {
  return [...proseOf(page).matchAll(/(?<!\*)\*([^\s*][^*]*)\*(?!\*)/gu)].map(([, text = ""]) =>
    oneLine(text),
  );
}

function proseOf(page: string): string {
  return page
    .replaceAll(/^ *```\w*\n.*?^ *```$/gmsu, "")
    .replaceAll(/`[^`]+`/gu, "`")
    .replaceAll(/\*\*[^*]+\*\*/gu, "");
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/gu, " ");
}

/** Every name on a page of something that there isn't. */
export function unknownNames(page: string): readonly string[] {
  const codes = codesOf(page);
  return [
    ...italicsOf(page).filter((text) => !ON_SCREEN.has(text)),
    ...(page.match(/\bmcpPortals\.(?:[\w.]*\w|\*)/gu) ?? []).filter((id) => !isId(id, page)),
    ...codes.flatMap(rulesIn).filter((id) => !isRule(id)),
    ...codes.flatMap(unknownOptions),
    ...codes.flatMap(unknownScripts),
  ];
}

/** The titles that CHANGELOG writes as plain words, as far as they begin like one. */
export function unknownTitles(page: string): readonly string[] {
  const verbs = [...new Set(TITLES.map((title) => title.split(" ")[0] ?? title))].join("|");
  const small = "(?: (?:a|and|as|for|from|in|it|of|or|the|to|with))*";
  // A phrase ends with a capital word, and some titles with a small one.
  const beginnings = TITLES.map((title) => title.replace(/ (?:for|to)…$/u, ""));
  const phrase = new RegExp(`\\b(?:${verbs})(?:${small} [A-Z][\\w']*)+[…?]?`, "gu");
  return (oneLine(proseOf(page).replaceAll(/\*[^*]+\*/gu, "*")).match(phrase) ?? []).filter(
    (found) => !beginnings.some((title) => found.startsWith(title)) && !ON_SCREEN.has(found),
  );
}

/** Also the beginning of ids, such as `mcpPortals.checks.*`. */
function isId(id: string, page: string): boolean {
  const isBeginning = page.includes(`${id}.*`) && [...IDS].some((one) => one.startsWith(`${id}.`));
  return IDS.has(id) || isBeginning;
}

function rulesIn(code: string): readonly string[] {
  const whole = /^[a-z]+(?:-[a-z]+)?\/[\w…-]+$/u.test(code) ? [code] : [];
  return [...whole, ...[...code.matchAll(/"([a-z]+\/[a-z][\w-]*)"/gu)].map(([, id = ""]) => id)];
}

function isRule(id: string): boolean {
  const family = id.endsWith("/…") && [...RULES].some((rule) => rule.startsWith(id.slice(0, -1)));
  return (
    RULES.has(id) ||
    /^api\/(?:number|\d+|…)$/u.test(id) ||
    NO_RULES.has(id) ||
    family ||
    /^(?:src|test|media|docs)\//u.test(id)
  );
}

/** Commands and options of the command line that it doesn't have. */
function unknownOptions(code: string): readonly string[] {
  const [line = ""] = code.split(/ \|\|? | > /u);
  const call = /(?:^|\s)(?:npm run cli --|mcp-portals) (?=[a-z-])(.*)$/u.exec(line)?.[1];
  if (call !== undefined) {
    const [name = "", ...words] = call.split(" ");
    const options = CLI_OPTIONS.get(name);
    return options === undefined
      ? [line]
      : words.filter((word) => word.startsWith("--") && !options.has(word));
  }
  const option = /^--[a-z][\w-]*/u.exec(code)?.[0];
  return option === undefined || ANY_OPTION.has(option) ? [] : [code];
}

const scripts: Readonly<Record<string, string>> = JSON.parse(readPage("package.json")).scripts;

/** Scripts of package.json, and options of theirs, that there aren't. */
function unknownScripts(code: string): readonly string[] {
  const call = /^(?:[A-Z_]+=\S+ )*npm (?:run (?<name>[\w:]+)|(?<short>start|test))(?<rest>.*)$/u;
  const { name, short, rest = "" } = call.exec(code)?.groups ?? {};
  const script = name ?? short;
  if (script === undefined || script === "cli") {
    return [];
  }
  const options = rest.match(/(?<= )--[a-z][\w-]*/gu) ?? [];
  return script in scripts
    ? options
        .filter((option) => !optionsOf(script).includes(option))
        .map((option) => `${script} ${option}`)
    : [code];
}

/** The options that the sources of a script read. */
function optionsOf(script: string): readonly string[] {
  const [, entry = ""] = /node ([\w./]+\.ts)/u.exec(scripts[script] ?? "") ?? [];
  const files = entry.startsWith("test/harness/") ? entry : entry.replace(/[^/]+$/u, "*.ts");
  return globSync(files, { cwd: ROOT }).flatMap((file) =>
    [...readPage(file).matchAll(/([\w-]+)"?: \{\s*type: "(?:string|boolean)"/gu)].map(
      ([, name]) => `--${name}`,
    ),
  );
}

const ANY_OPTION: ReadonlySet<string> = new Set([
  ...[...CLI_OPTIONS.values()].flatMap((options) => [...options]),
  ...Object.keys(scripts).flatMap(optionsOf),
]);
