import * as l10n from "@vscode/l10n";
import { isExpression, replaceEach } from "../../base/boundedExpression.ts";
import { aliasFormatProblem } from "../catalogue/names.ts";
import type { Catalogue, ExposedCapability } from "../catalogue/serverCatalogue.ts";

/** Such as `^github_(.*)$ → gh_$1`, which is about the upstream's names. */
export interface AliasPattern {
  readonly expression: string;
  readonly replacement: string;
}

const ARROW = /\s(?:→|->)\s/u;

/** Reads a pattern; undefined where it has no arrow or no valid expression. */
export function parseAliasPattern(text: string): AliasPattern | undefined {
  const [expression = "", replacement, third] = text.split(ARROW).map((part) => part.trim());
  return expression === "" ||
    replacement === undefined ||
    third !== undefined ||
    !isExpression(expression)
    ? undefined
    : { expression, replacement };
}

/** A tool or prompt, and all among which its name has to be unique. */
export interface Renamable {
  readonly shown: ExposedCapability;
  readonly beside: Catalogue;
}

export interface Renaming<T> {
  readonly of: T;
  /** Null where the pattern gives back the upstream's own name. */
  readonly alias: string | null;
}

/**
 * The aliases that a pattern gives. Names that it doesn't match stay. One alias that can't be is a
 * problem of all, because nothing is to be written then.
 */
export function planAliases<T extends Renamable>(
  { expression, replacement }: AliasPattern,
  all: readonly T[],
): { readonly renamings: readonly Renaming<T>[] } | { readonly problem: string } {
  const names = replaceEach(
    expression,
    replacement,
    all.map(({ shown }) => shown.name),
  );
  if (names === undefined) {
    return { problem: l10n.t("This regular expression takes too long. Use a simpler one.") };
  }
  const renamings = all.flatMap((of, index): readonly Renaming<T>[] => {
    const name = names[index] ?? null;
    return name === null ? [] : [{ of, alias: name === of.shown.name ? null : name }];
  });
  const problem = formatProblem(renamings) ?? collision(renamings);
  return problem === undefined ? { renamings } : { problem };
}

function formatProblem(renamings: readonly Renaming<Renamable>[]): string | undefined {
  for (const { of, alias } of renamings) {
    const problem = alias === null ? undefined : aliasFormatProblem(alias);
    if (problem !== undefined) {
      return l10n.t('{0} would become "{1}". {2}', of.shown.name, alias ?? "", problem);
    }
  }
  return undefined;
}

/** Upstream names and aliases share one space, as they will be once all are saved. */
function collision(renamings: readonly Renaming<Renamable>[]): string | undefined {
  const groups = Map.groupBy(renamings, ({ of }) => of.beside);
  for (const [{ tools, prompts }, group] of groups) {
    const renamed = new Map(group.map(({ of, alias }) => [of.shown, alias ?? of.shown.name]));
    const holders = new Map<string, ExposedCapability>();
    const all = [...tools, ...prompts];
    for (const shown of all) {
      holders.set(shown.name, shown);
    }
    for (const shown of all) {
      const label = renamed.get(shown) ?? shown.label;
      const holder = holders.get(label);
      if (holder !== undefined && holder !== shown && (renamed.has(shown) || renamed.has(holder))) {
        return l10n.t('{0} and {1} would both be called "{2}".', holder.name, shown.name, label);
      }
      holders.set(label, shown);
    }
  }
  return undefined;
}
