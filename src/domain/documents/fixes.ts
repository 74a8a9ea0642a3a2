import * as l10n from "@vscode/l10n";
import { type Edit, type Node, parseTree } from "jsonc-parser";
import { sectionOf } from "../catalogue/capability.ts";
import { OVERRIDE_KEYS, SERVER_KEYS } from "../servers/fields.ts";
import type { Server } from "../servers/server.ts";
import { type DocumentProblem, namesOf, overridesOf } from "./check.ts";
import { insertion, type PropertyAt, propertyAt, removal, replacement } from "./jsonEdits.ts";
import { locateValue, sectionText, serverDocument } from "./serverDocument.ts";

/** At least one fix, the best first. */
export function documentFixes(
  text: string,
  server: Server,
  { code, span }: DocumentProblem,
): readonly DocumentFix[] {
  const root = parseTree(text);
  if (code === "document/missing" && root !== undefined) {
    return insertions(root, server);
  }
  const at = root && propertyAt(root, span.offset);
  if (code === "document/syntax" || at === undefined) {
    return [putBackAll(text, server)];
  }
  switch (code) {
    case "document/unknown-key":
      return [...renamed(at, keysBeside(at)), removed(at)];
    case "document/unknown-name":
      return [
        ...renamed(at, namesOf(at.above[0] === "tools" ? "tool" : "prompt", server)),
        removed(at),
      ];
    case "document/duplicate":
      return [fix(l10n.t("Remove This One"), removal(at))];
    case "document/type":
      return retyped(at, () => putBack(text, server, [at.key]));
    default:
      return [removed(at)];
  }
}

const KINDS = ["tool", "prompt"] as const;
const TOP_KEYS: readonly string[] = [...SERVER_KEYS, ...KINDS.map(sectionOf)];

function keysBeside({ above }: PropertyAt): readonly string[] {
  return above.length === 0 ? TOP_KEYS : OVERRIDE_KEYS;
}

function renamed({ key, keyNode, present }: PropertyAt, known: Iterable<string>): DocumentFix[] {
  const meant = nearest(
    key,
    [...known].filter((name) => !present.has(name)),
  );
  return meant === undefined ? [] : [changed(keyNode, JSON.stringify(meant))];
}

function changed(node: Node, content: string): DocumentFix {
  return { ...fix(l10n.t("Change to {0}", content), replacement(node, content)), likely: true };
}

/** A property that is left out keeps its value, or means no override. */
function removed(at: PropertyAt): DocumentFix {
  return fix(l10n.t("Remove {0}", JSON.stringify(at.key)), removal(at));
}

/** Removing a section would remove every override, so a section's fix puts it back where it can. */
function retyped(at: PropertyAt, back: () => DocumentFix | undefined): readonly DocumentFix[] {
  const isSection = at.above.length === 0 && KINDS.some((kind) => sectionOf(kind) === at.key);
  if (isSection) {
    return [back() ?? removed(at)];
  }
  const obvious = obviousValue(at);
  return [...(obvious === undefined ? [] : [changed(at.value, obvious)]), removed(at)];
}

function insertions(root: Node, server: Server): readonly DocumentFix[] {
  const present = new Set(root.children?.map(({ children }) => children?.[0]?.value));
  const missing = KINDS.filter(
    (kind) => !present.has(sectionOf(kind)) && overridesOf(kind, server).size > 0,
  );
  return missing.flatMap((kind) => {
    const key = JSON.stringify(sectionOf(kind));
    return [
      {
        ...fix(
          l10n.t("Insert {0} as at Cloudflare", key),
          insertion(root, sectionText(kind, server), 0),
        ),
        likely: true,
      },
      fix(l10n.t("Insert {0} without Overrides", key), insertion(root, `${key}: {}`, 0)),
    ];
  });
}

function fix(title: string, edit: Edit): DocumentFix {
  return { title, edit, likely: false };
}

/** A fix for a problem, as an edit of the text. It doesn't save. */
export interface DocumentFix {
  readonly title: string;
  readonly edit: Edit;
  /** True when it most probably is what the person meant. */
  readonly likely: boolean;
}

/**
 * The value most probably meant by one of the wrong type, as text; undefined where that would be a
 * guess.
 */
function obviousValue({ key, value, above }: PropertyAt): string | undefined {
  if (above.length === 1) {
    return entryOf(value);
  }
  switch (key) {
    case "name":
    case "alias":
    case "description":
      return textOf(value);
    default:
      return flagOf(value);
  }
}

/** Handles a value such as `true` in the place of a whole entry. */
function entryOf(value: Node): string | undefined {
  const enabled = value.type === "boolean" ? String(value.value) : flagOf(value);
  return enabled === undefined ? undefined : `{ "enabled": ${enabled} }`;
}

function textOf({ type, value }: Node): string | undefined {
  return type === "number" || type === "boolean" ? JSON.stringify(String(value)) : undefined;
}

const YES: ReadonlySet<string> = new Set(["true", "yes", "on", "1"]);
const NO: ReadonlySet<string> = new Set(["false", "no", "off", "0"]);

function flagOf({ type, value }: Node): string | undefined {
  if (type !== "string" && type !== "number") {
    return undefined;
  }
  const said = String(value).trim().toLowerCase();
  if (YES.has(said)) {
    return "true";
  }
  return NO.has(said) ? "false" : undefined;
}

/** The fraction of a word's letters that may be wrong. */
const WRONG = 0.4;
/** Longer words aren't compared: nobody types them, and comparing takes time. */
const LONGEST = 200;

/**
 * The known word nearest to a misspelt one; undefined where none is near. Of several equally near
 * the first.
 */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  if (word.length > LONGEST) {
    return undefined;
  }
  let found: string | undefined;
  let least = Math.floor(word.length * WRONG) + 1;
  for (const candidate of known) {
    if (Math.abs(candidate.length - word.length) >= least) {
      continue;
    }
    const steps = distance(word.toLowerCase(), candidate.toLowerCase());
    if (steps < least) {
      [found, least] = [candidate, steps];
    }
  }
  return found;
}

/** The Levenshtein distance: letters to insert, remove or replace. */
function distance(one: string, other: string): number {
  let before = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let end = 1; end <= one.length; end += 1) {
    const row = [end];
    for (let at = 1; at <= other.length; at += 1) {
      const same = one.charAt(end - 1) === other.charAt(at - 1);
      const changed = (before[at - 1] ?? 0) + (same ? 0 : 1);
      row.push(Math.min(changed, (before[at] ?? 0) + 1, (row[at - 1] ?? 0) + 1));
    }
    before = row;
  }
  return before.at(-1) ?? 0;
}

/**
 * Sets a property back to its value at Cloudflare; undefined where the text has that value already.
 */
export function putBack(
  text: string,
  server: Server,
  path: readonly string[],
): DocumentFix | undefined {
  const original = serverDocument(server);
  const theirs = valueText(original, path);
  const ours = locateValue(text, path);
  const root = parseTree(text);
  const at = root && ours && propertyAt(root, ours.offset);
  if (at === undefined || theirs === valueText(text, path)) {
    return undefined;
  }
  const title = l10n.t("Put Back {0} as at Cloudflare", JSON.stringify(at.key));
  const edit = theirs === undefined ? removal(at) : replacement(at.value, theirs);
  return { title, edit, likely: false };
}

function valueText(text: string, path: readonly string[]): string | undefined {
  const span = locateValue(text, path);
  return span && text.slice(span.offset, span.offset + span.length);
}

/** Used for a text that can't be parsed at all. */
function putBackAll(text: string, server: Server): DocumentFix {
  return {
    title: l10n.t("Put Back What Is at Cloudflare"),
    edit: { offset: 0, length: text.length, content: serverDocument(server) },
    likely: false,
  };
}
