import { visible } from "../../base/unseen.ts";

/**
 * An untrusted text for a line of a log: on one line, with hidden characters shown. A runner of
 * GitHub Actions obeys a line that begins with `::`, and `##[` wherever it stands in one, so neither
 * may come from a text.
 * Source: actions/runner, src/Runner.Common/ActionCommand.cs.
 */
export function untrustedLine(text: string): string {
  const line = visible(text.toWellFormed()).replace(/\s+/gu, " ").trim();
  return line.replace(MARKED_COMMAND, "# #").replace(/^::/u, ": :");
}

/** Other runners obey `##vso[` and `##teamcity[` in the same way. */
export const MARKED_COMMAND = /##(?=\w*\[)/gu;
