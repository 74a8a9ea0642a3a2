import * as l10n from "@vscode/l10n";

/** "Docs: its sync failed." */
export function about(subject: string, words: string): string {
  return l10n.t({
    message: "{0}: {1}",
    args: [subject, words],
    comment: ["What something is about, and what is said of it"],
  });
}

/** "3 new, 1 gone": in the punctuation of the language. */
export function listed(parts: readonly string[]): string {
  return parts.reduce(
    (list, part) =>
      list === ""
        ? part
        : l10n.t({
            message: "{0}, {1}",
            args: [list, part],
            comment: ["A list so far, and what comes next in it"],
          }),
    "",
  );
}
