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
