import * as l10n from "@vscode/l10n";

/** The oldest Node that undici runs on. */
const OLDEST = { major: 22, minor: 19 };

/** Why this version of Node can't run the command line; undefined when it can. */
export function nodeProblem(version: string): string | undefined {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const isOld = major < OLDEST.major || (major === OLDEST.major && minor < OLDEST.minor);
  return isOld
    ? l10n.t(
        "mcp-portals needs Node {0} or later; this is {1}.",
        `${OLDEST.major}.${OLDEST.minor}`,
        version,
      )
    : undefined;
}
