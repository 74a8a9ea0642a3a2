import * as l10n from "@vscode/l10n";
import { getLocation } from "jsonc-parser";
import { NameIndex } from "../catalogue/aliases.ts";
import type { CapabilityKind } from "../catalogue/capability.ts";
import { namesInOrder, type Overrides } from "../catalogue/overrides.ts";
import type { Field, FieldChange, Value } from "../changes/change.ts";
import { OVERRIDE_KEYS, sameValue } from "../servers/fields.ts";
import type { Server } from "../servers/server.ts";
import { type DocumentContent, type Entries, readDocument } from "./parse.ts";
import type { Span } from "./serverDocument.ts";

const KINDS = ["tool", "prompt"] as const;

/** All problems that prevent a text from being saved as the document of this server. */
export function checkDocument(
  text: string,
  server: Server,
  content: DocumentContent = readDocument(text),
): readonly DocumentProblem[] {
  return [
    ...content.problems,
    ...KINDS.flatMap((kind) => missingSection(kind, content, server)),
    ...KINDS.flatMap((kind) => unknownNames(kind, content.sections[kind], server)),
    ...doubledAliases(content, server),
  ];
}

/** Nobody means to remove every override by leaving out a section. */
function missingSection(
  kind: CapabilityKind,
  { sections, problems }: DocumentContent,
  server: Server,
): readonly DocumentProblem[] {
  const hasOverrides = overridesOf(kind, server).size > 0;
  if (sections[kind] !== undefined || !hasOverrides || problems.length > 0) {
    return [];
  }
  const message =
    kind === "tool"
      ? l10n.t('"tools" is missing. To drop every override, write an empty object.')
      : l10n.t('"prompts" is missing. To drop every override, write an empty object.');
  return [{ code: "document/missing", message, span: { offset: 0, length: 1 } }];
}

export function overridesOf(kind: CapabilityKind, server: Server): Overrides {
  return kind === "tool" ? server.toolOverrides : server.promptOverrides;
}

function unknownNames(
  kind: CapabilityKind,
  entries: Entries | undefined,
  server: Server,
): readonly DocumentProblem[] {
  const known = namesOf(kind, server);
  return [...(entries ?? [])].flatMap(([name, entry]) => {
    if (known.has(name)) {
      return [];
    }
    const message =
      kind === "tool"
        ? l10n.t('This server has no tool "{0}".', name)
        : l10n.t('This server has no prompt "{0}".', name);
    return [{ code: "document/unknown-name", message, span: entry.name } as const];
  });
}

/** The names that a document may contain. */
export function namesOf(kind: CapabilityKind, server: Server): ReadonlySet<string> {
  const catalogue = kind === "tool" ? server.tools : server.prompts;
  return namesInOrder(catalogue, overridesOf(kind, server));
}

interface Aliased {
  readonly alias: string;
  readonly span: Span;
}

function doubledAliases(content: DocumentContent, server: Server): readonly DocumentProblem[] {
  const aliases = KINDS.flatMap((kind) => aliasesIn(content.sections[kind]));
  const holders = new NameIndex<Aliased | "name">();
  for (const { name } of [...server.tools, ...server.prompts]) {
    holders.add(name, "name");
  }
  for (const aliased of aliases) {
    holders.add(aliased.alias, aliased);
  }
  return aliases.flatMap((aliased) => {
    const { alias, span } = aliased;
    const other = holders.other(alias, aliased);
    if (other === undefined) {
      return [];
    }
    const message =
      other === "name"
        ? l10n.t('"{0}" is the name of another tool or prompt of this server.', alias)
        : l10n.t('"{0}" is the alias of another tool or prompt too.', alias);
    return [{ code: "name/alias-duplicate", message, span } as const];
  });
}

/** Skips an alias that equals its own name, which isn't a second holder of that name. */
function aliasesIn(entries: Entries | undefined): readonly Aliased[] {
  return [...(entries ?? [])].flatMap(
    ([
      name,
      {
        alias: span,
        values: { alias },
      },
    ]) => (typeof alias === "string" && alias !== name ? [{ alias, span }] : []),
  );
}

/** `docs/checks.md` explains each of them. */
export const DOCUMENT_CODES = [
  "document/syntax",
  "document/type",
  "document/missing",
  "document/unknown-key",
  "document/unknown-name",
  "document/duplicate",
  "document/length",
] as const;

/** A problem in a document's text that prevents saving. */
export interface DocumentProblem {
  readonly code: (typeof DOCUMENT_CODES)[number] | "name/alias-format" | "name/alias-duplicate";
  readonly message: string;
  readonly span: Span;
}

/** Names the line and the property, for people who don't see the document at that moment. */
export function problemInWords(text: string, { message, span }: DocumentProblem): string {
  const line = text.slice(0, span.offset).split("\n").length;
  const { path, isAtPropertyKey } = getLocation(text, span.offset);
  // A problem with a key already names the key.
  if (path.length === 0 || isAtPropertyKey) {
    return l10n.t("Line {0}: {1}", line, message);
  }
  const own = path.length > 1 ? path.slice(1) : path;
  const property = own.map((key) => JSON.stringify(key)).join(" › ");
  return l10n.t({
    message: "Line {0}, {1}: {2}",
    args: [line, property, message],
    comment: ["A line's number, the property in it, and a sentence about that"],
  });
}

/**
 * The changes that a person made to a document. `base` is the text that they started from; it gives
 * each change its `from`. Changes made elsewhere since are found by the merge.
 */
export function documentChanges(base: string, text: string): readonly FieldChange[] {
  const before = readDocument(base);
  const after = readDocument(text);
  return [
    ...serverChanges(before, after),
    ...sectionChanges("tool", before, after),
    ...sectionChanges("prompt", before, after),
  ];
}

/** A property that is left out changes nothing. */
function serverChanges(before: DocumentContent, after: DocumentContent): readonly FieldChange[] {
  return [...after.server].flatMap(([key, to]) =>
    change({ of: undefined, key }, before.server.get(key) ?? null, to),
  );
}

/** An entry that is left out clears all its fields. */
function sectionChanges(
  kind: CapabilityKind,
  before: DocumentContent,
  after: DocumentContent,
): readonly FieldChange[] {
  const old = before.sections[kind];
  const now = after.sections[kind];
  const names = new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])]);
  return [...names].flatMap((name) =>
    OVERRIDE_KEYS.flatMap((key) =>
      change(
        { of: { kind, name }, key },
        old?.get(name)?.values[key] ?? null,
        now?.get(name)?.values[key] ?? null,
      ),
    ),
  );
}

function change(field: Field, from: Value, to: Value): readonly FieldChange[] {
  return sameValue(field, from, to) ? [] : [{ field, from, to }];
}

/** The number of tools and prompts that the changes concern. */
export function changedCapabilities(changes: readonly FieldChange[]): number {
  return new Set(changes.flatMap(({ field: { of } }) => (of ? [JSON.stringify(of)] : []))).size;
}
