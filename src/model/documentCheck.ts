import * as l10n from "@vscode/l10n";
import type { CapabilityKind } from "./capability.ts";
import type { Entries } from "./documentEntries.ts";
import type { DocumentProblem } from "./documentProblem.ts";
import { type DocumentContent, readDocument } from "./documentText.ts";
import type { Server } from "./server.ts";

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
  const overrides = kind === "tool" ? server.toolOverrides : server.promptOverrides;
  if (sections[kind] !== undefined || overrides.size === 0 || problems.length > 0) return [];
  const message =
    kind === "tool"
      ? l10n.t('"tools" is missing. To drop every override, write an empty object.')
      : l10n.t('"prompts" is missing. To drop every override, write an empty object.');
  return [{ code: "document/missing", message, span: { offset: 0, length: 1 } }];
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

/** What a document may name: what was synced, and what has an override though it has vanished. */
export function namesOf(kind: CapabilityKind, server: Server): ReadonlySet<string> {
  return kind === "tool"
    ? new Set([...server.tools.map(({ name }) => name), ...server.toolOverrides.keys()])
    : new Set([...server.prompts.map(({ name }) => name), ...server.promptOverrides.keys()]);
}

/** Names and aliases of all tools and prompts share one space. */
function doubledAliases({ sections }: DocumentContent, server: Server): readonly DocumentProblem[] {
  const names = new Map<string, string>();
  for (const { kind, name } of [...server.tools, ...server.prompts])
    names.set(name, key(kind, name));
  const aliases = KINDS.flatMap((kind) =>
    [...(sections[kind] ?? [])].flatMap(([name, { alias, values }]) =>
      typeof values.alias === "string" && values.alias !== name
        ? [{ owner: key(kind, name), alias: values.alias, span: alias }]
        : [],
    ),
  );
  const uses = new Map<string, number>();
  for (const { alias } of aliases) uses.set(alias, (uses.get(alias) ?? 0) + 1);
  return aliases.flatMap(({ owner, alias, span }) => {
    const holder = names.get(alias);
    if (holder !== undefined && holder !== owner) {
      const message = l10n.t('"{0}" is the name of another tool or prompt of this server.', alias);
      return [{ code: "name/alias-duplicate", message, span } as const];
    }
    if ((uses.get(alias) ?? 0) < 2) return [];
    const message = l10n.t('"{0}" is the alias of another tool or prompt too.', alias);
    return [{ code: "name/alias-duplicate", message, span } as const];
  });
}

function key(kind: CapabilityKind, name: string): string {
  return JSON.stringify([kind, name]);
}
