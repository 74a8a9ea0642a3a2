import * as l10n from "@vscode/l10n";
import { type Edit, type Node, parseTree } from "jsonc-parser";
import { insertion, type PropertyAt, propertyAt, removal, replacement } from "./jsonEdits.ts";
import { locateValue } from "./places.ts";
import type { DocumentProblem } from "./problem.ts";
import { type ResourceDocument, sectionText } from "./resourceDocument.ts";
import { type PartShape, type ShapeAt, shapeAt } from "./shape.ts";

/** At least one fix, the best first. */
export function documentFixes(
  text: string,
  document: ResourceDocument,
  { code, span }: DocumentProblem,
): readonly DocumentFix[] {
  const root = parseTree(text);
  if (code === "document/missing" && root !== undefined) {
    return insertions(root, document, span.offset);
  }
  const at = root && propertyAt(root, span.offset);
  if (code === "document/syntax" || at === undefined) {
    return [putBackAll(text, document)];
  }
  const around = shapeAt(document.shape, at.above);
  switch (code) {
    case "document/unknown-key":
      return [...renamed(at, keysIn(around)), removed(at)];
    case "document/unknown-name":
      return [...renamed(at, namesIn(document, around)), removed(at)];
    case "document/duplicate":
      return [fix(l10n.t("Remove This One"), removal(at))];
    case "document/type":
      return retyped(at, around, () => putBack(text, document, [...at.above, at.key]));
    case "document/value":
      return [...asArray(putBack(text, document, [...at.above, at.key])), removed(at)];
    default:
      return [removed(at)];
  }
}

function asArray<T>(value: T | undefined): readonly T[] {
  return value === undefined ? [] : [value];
}

function keysIn(at: ShapeAt | undefined): readonly string[] {
  return at?.kind === "part" ? allKeys(at.shape) : [];
}

function allKeys({ keys, sections }: PartShape): readonly string[] {
  return [...keys, ...sections].map(({ key }) => key);
}

function namesIn(document: ResourceDocument, at: ShapeAt | undefined): Iterable<string> {
  return at?.kind === "section" ? document.known(at.within, at.section.kind) : [];
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

/** Removing a section would remove all that is in it, so its fix puts it back where it can. */
function retyped(
  at: PropertyAt,
  around: ShapeAt | undefined,
  back: () => DocumentFix | undefined,
): readonly DocumentFix[] {
  const isSection =
    around?.kind === "part" && around.shape.sections.some(({ key }) => key === at.key);
  if (isSection) {
    return [back() ?? removed(at)];
  }
  const obvious = obviousValue(at, around);
  return [...(obvious === undefined ? [] : [changed(at.value, obvious)]), removed(at)];
}

/** @param offset where the part begins, or its name */
function insertions(
  root: Node,
  document: ResourceDocument,
  offset: number,
): readonly DocumentFix[] {
  const property = propertyAt(root, offset);
  const path = property === undefined ? [] : [...property.above, property.key];
  const object = property?.value ?? root;
  const at = shapeAt(document.shape, path);
  if (at?.kind !== "part") {
    return [];
  }
  const present = new Set(object.children?.map(({ children }) => children?.[0]?.value));
  const missing = at.shape.sections.filter(
    ({ key, kind }) => !present.has(key) && document.isNeeded(at.of, kind),
  );
  return missing.flatMap((section) => {
    const key = JSON.stringify(section.key);
    const indent = "  ".repeat(path.length + 1);
    const original = sectionText(document, section, at.of, indent);
    return [
      {
        ...fix(l10n.t("Insert {0} as at Cloudflare", key), insertion(object, original, path)),
        likely: true,
      },
      fix(
        section.kind === "mapping"
          ? l10n.t("Insert {0} without Servers", key)
          : l10n.t("Insert {0} without Overrides", key),
        insertion(object, `${key}: {}`, path),
      ),
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
function obviousValue({ key, value }: PropertyAt, around: ShapeAt | undefined): string | undefined {
  if (around?.kind === "section") {
    return around.section.part.sections.length === 0 ? entryOf(value) : undefined;
  }
  const shape = around?.shape.keys.find((each) => each.key === key);
  switch (shape?.type) {
    case "text":
      return textOf(value);
    case "choice":
      return nearestChoice(value, shape.choices?.map((choice) => choice.value) ?? []);
    default:
      return flagOf(value);
  }
}

function nearestChoice({ value }: Node, choices: readonly string[]): string | undefined {
  const near = nearest(String(value), choices);
  return near === undefined ? undefined : JSON.stringify(near);
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
  document: ResourceDocument,
  path: readonly string[],
): DocumentFix | undefined {
  const theirs = valueText(document.text, path);
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
function putBackAll(text: string, document: ResourceDocument): DocumentFix {
  return {
    title: l10n.t("Put Back What Is at Cloudflare"),
    edit: { offset: 0, length: text.length, content: document.text },
    likely: false,
  };
}
