import * as l10n from "@vscode/l10n";

/** Source: Cloudflare docs, "Rename tools and prompts". */
export const ALIAS_MAX_LENGTH = 40;
const ALIAS = /^[a-zA-Z0-9]+([_-][a-zA-Z0-9]+)*$/;

/** The name under which a portal exposes a capability to its clients. */
export function exposedName(serverId: string, aliasOrName: string): string {
  return `${serverId}_${aliasOrName}`;
}

/**
 * The name of a tool in Code Mode, where it is an identifier. Source: Cloudflare docs, "Namespacing in
 * Code Mode". Derived from them, not tried on the real service.
 */
export function codeModeName(exposed: string): string {
  const name = exposed.replace(/[-.]/g, "_").replace(/^(?=\d)/, "_");
  // No reserved word has an underscore, which every exposed name has.
  return !name.includes("_") && RESERVED.test(name) ? `${name}_` : name;
}

/**
 * Puts together what belongs to servers whose exposed names can be equal, in Code Mode too. A name
 * begins with its server's id and `_`, so those of two servers can be equal only where one id begins
 * like the other: `my` and `my-server`.
 */
export function groupedByStem<T>(
  all: Iterable<T>,
  idOf: (each: T) => string,
): readonly (readonly T[])[] {
  const stemOf = (each: T): string => codeModeName(`${idOf(each)}_`);
  const listed = [...all];
  const stems = new Set(listed.map(stemOf));
  return [...Map.groupBy(listed, (each) => shortest(stemOf(each), stems)).values()];
}

function shortest(stem: string, stems: ReadonlySet<string>): string {
  for (let end = stem.indexOf("_"); end >= 0; end = stem.indexOf("_", end + 1)) {
    const shorter = stem.slice(0, end + 1);
    if (stems.has(shorter)) {
      return shorter;
    }
  }
  return stem;
}

/** The reserved words of JavaScript's modules, in which Code Mode runs. */
const RESERVED =
  /^(?:await|break|case|catch|class|const|continue|debugger|default|delete|do|else|enum|export|extends|false|finally|for|function|if|implements|import|in|instanceof|interface|let|new|null|package|private|protected|public|return|static|super|switch|this|throw|true|try|typeof|var|void|while|with|yield)$/u;

/** Why the form of a text rules it out as an alias; undefined when it doesn't. */
export function aliasFormatProblem(alias: string): string | undefined {
  if (alias.length > ALIAS_MAX_LENGTH) {
    return l10n.t(
      "An alias has at most {0} characters; this one has {1}.",
      ALIAS_MAX_LENGTH,
      alias.length,
    );
  }
  if (!ALIAS.test(alias)) {
    return l10n.t(
      "An alias is made of letters and digits, with single hyphens or underscores between them.",
    );
  }
  return undefined;
}
