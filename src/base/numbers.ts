import * as l10n from "@vscode/l10n";

const TAG = /^[a-z]{2,3}(-[A-Za-z]+)?$/;

/** A number as the language of the texts around it writes it, such as "11,604". */
export function numberText(value: number): string {
  const language = l10n.t({
    message: "en",
    comment: ["The tag of this language, such as de or ja, by which numbers are written"],
  });
  // A pseudo translation isn't a tag.
  return value.toLocaleString(TAG.test(language) ? language : "en");
}
