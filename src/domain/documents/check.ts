import * as l10n from "@vscode/l10n";
import { NameIndex } from "../catalogue/aliases.ts";
import type { PartRef } from "../changes/change.ts";
import { type DocumentContent, type PartContent, type Parts, readDocument } from "./parse.ts";
import type { Span } from "./places.ts";
import type { DocumentProblem } from "./problem.ts";
import type { ResourceDocument } from "./resourceDocument.ts";
import { type PartKind, type PartShape, partRef, type SectionShape, sectionKey } from "./shape.ts";

/** All problems that prevent a text from being saved as this document. */
export function checkDocument(
  text: string,
  document: ResourceDocument,
  content: DocumentContent = readDocument(text, document.shape),
): readonly DocumentProblem[] {
  const parts = partsIn(document.shape, undefined, content);
  const inSections = parts.flatMap((each) =>
    each.shape.sections.flatMap((section) => unknownNames(document, section, each)),
  );
  return [
    ...content.problems,
    ...(content.problems.length > 0
      ? []
      : parts.flatMap((each) =>
          each.shape.sections.flatMap((section) => missingSection(document, section, each)),
        )),
    ...inSections,
    ...(mayHaveAlias(text) ? parts.flatMap((each) => doubledAliases(document, each)) : []),
    ...document.problems(content),
  ];
}

/** False for most texts, of which then no entry has to be looked at. A key may be written in escapes. */
function mayHaveAlias(text: string): boolean {
  return text.includes('"alias"') || text.includes("\\u");
}

/** A part that has sections, in a text. */
interface PartAt {
  readonly shape: PartShape;
  readonly of: PartRef | undefined;
  readonly content: PartContent;
}

/** All parts that have sections, the outermost first. */
function partsIn(
  shape: PartShape,
  of: PartRef | undefined,
  content: PartContent,
): readonly PartAt[] {
  const inner = shape.sections
    .filter(({ part }) => part.sections.length > 0)
    .flatMap(({ key, kind, part }) =>
      [...(content.sections.get(key) ?? [])].flatMap(([name, each]) =>
        partsIn(part, partRef(kind, name, of), each),
      ),
    );
  return [{ shape, of, content }, ...inner];
}

/** Nobody means to remove everything in a section by leaving it out. */
function missingSection(
  document: ResourceDocument,
  { key, kind }: SectionShape,
  { of, content }: PartAt,
): readonly DocumentProblem[] {
  if (content.sections.has(key) || !document.isNeeded(of, kind)) {
    return [];
  }
  return [{ code: "document/missing", message: missingInWords(kind), span: content.name }];
}

function missingInWords(kind: PartKind): string {
  switch (kind) {
    case "tool":
      return l10n.t('"tools" is missing. To drop every override, write an empty object.');
    case "prompt":
      return l10n.t('"prompts" is missing. To drop every override, write an empty object.');
    case "mapping":
      return l10n.t('"servers" is missing. To remove every server, write an empty object.');
  }
}

function unknownNames(
  document: ResourceDocument,
  { key, kind }: SectionShape,
  { of, content }: PartAt,
): readonly DocumentProblem[] {
  const parts = content.sections.get(key);
  if (parts === undefined || parts.size === 0) {
    return [];
  }
  const known = document.known(of, kind);
  const problems: DocumentProblem[] = [];
  for (const name of parts.keys()) {
    if (!known.has(name)) {
      const message = unknownInWords(kind, name);
      const span = parts.get(name)?.name ?? content.name;
      problems.push({ code: "document/unknown-name", message, span });
    }
  }
  return problems;
}

function unknownInWords(kind: PartKind, name: string): string {
  switch (kind) {
    case "tool":
      return l10n.t('This server has no tool "{0}".', name);
    case "prompt":
      return l10n.t('This server has no prompt "{0}".', name);
    case "mapping":
      return l10n.t('The account has no server "{0}".', name);
  }
}

interface Aliased {
  readonly alias: string;
  /** Looked at only where the alias is a problem, since a place has to be found. */
  readonly at: { readonly span: Span };
}

function doubledAliases(
  document: ResourceDocument,
  { of, content }: PartAt,
): readonly DocumentProblem[] {
  const sections = (["tool", "prompt"] as const).map((kind) => ({
    kind,
    parts: content.sections.get(sectionKey(kind)),
  }));
  const aliases = sections.flatMap(({ parts }) => aliasesIn(parts));
  if (aliases.length === 0) {
    return [];
  }
  const holders = new NameIndex<Aliased | "name">();
  for (const { kind, name, label } of document.capabilities(of)) {
    holders.add(name, "name");
    const entry = content.sections.get(sectionKey(kind))?.get(name);
    if (label !== name && !entry?.values.has("alias")) {
      holders.add(label, "name");
    }
  }
  for (const aliased of aliases) {
    holders.add(aliased.alias, aliased);
  }
  return aliases.flatMap((aliased) => {
    const { alias, at } = aliased;
    const other = holders.other(alias, aliased);
    if (other === undefined) {
      return [];
    }
    const message =
      other === "name"
        ? l10n.t('"{0}" is the name of another tool or prompt of this server.', alias)
        : l10n.t('"{0}" is the alias of another tool or prompt too.', alias);
    return [{ code: "name/alias-duplicate", message, span: at.span }];
  });
}

/** Skips an alias that equals its own name, which isn't a second holder of that name. */
function aliasesIn(parts: Parts | undefined): readonly Aliased[] {
  return [...(parts ?? [])].flatMap(([name, { values }]) => {
    const at = values.get("alias");
    return typeof at?.value === "string" && at.value !== name ? [{ alias: at.value, at }] : [];
  });
}
