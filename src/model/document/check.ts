import * as l10n from "@vscode/l10n";
import type { CapabilityKind } from "../server/capability.ts";
import { Holders } from "../server/holders.ts";
import { namesInOrder, type Overrides } from "../server/overrides.ts";
import type { Server } from "../server/server.ts";
import type { Span } from "./document.ts";
import type { Entries } from "./entries.ts";
import type { DocumentProblem } from "./problem.ts";
import { type DocumentContent, readDocument } from "./text.ts";

const KINDS = ["tool", "prompt"] as const;

/** Everything that keeps a text from being saved as the document of this server. */
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

/** Nobody means to drop every override by leaving out a word. */
function missingSection(
  kind: CapabilityKind,
  { sections, problems }: DocumentContent,
  server: Server,
): readonly DocumentProblem[] {
  const hasOverrides = overridesOf(kind, server).size > 0;
  if (sections[kind] !== undefined || !hasOverrides || problems.length > 0) return [];
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
    if (known.has(name)) return [];
    const message =
      kind === "tool"
        ? l10n.t('This server has no tool "{0}".', name)
        : l10n.t('This server has no prompt "{0}".', name);
    return [{ code: "document/unknown-name", message, span: entry.name } as const];
  });
}

/** What a document may name. */
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
  const holders = new Holders<Aliased | "name">();
  for (const { name } of [...server.tools, ...server.prompts]) holders.add(name, "name");
  for (const aliased of aliases) holders.add(aliased.alias, aliased);
  return aliases.flatMap((aliased) => {
    const { alias, span } = aliased;
    const other = holders.other(alias, aliased);
    if (other === undefined) return [];
    const message =
      other === "name"
        ? l10n.t('"{0}" is the name of another tool or prompt of this server.', alias)
        : l10n.t('"{0}" is the alias of another tool or prompt too.', alias);
    return [{ code: "name/alias-duplicate", message, span } as const];
  });
}

/** An alias that is the name itself is no second holder. */
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
