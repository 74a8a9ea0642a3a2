import * as l10n from "@vscode/l10n";
import { listed, shorten } from "../../base/text.ts";
import type { Client } from "./client.ts";
import { constructInWords } from "./constructWords.ts";
import type { Delivered, ListEffect } from "./deliver.ts";
import type { Reason } from "./matching.ts";

const MOST_NAME = 160;
const MOST_NAMES = 5;

/** What a client minds in a tool or prompt, in one sentence. Names in it are untrusted. */
export function reasonInWords({ rule: { match }, pointer, about, count }: Reason): string {
  const name = shorten(about, MOST_NAME);
  switch (match.of) {
    case "construct":
      return countedWords(constructInWords(match.kind, { pointer, about }), count);
    case "keyword":
      return countedWords(constructInWords("keyword", { pointer, about }), count);
    case "nameLength":
      return l10n.t("With the client's prefix the name {0} is too long.", name);
    case "nameForm":
    case "promptName":
      return l10n.t("The name {0} has characters that the client doesn't take.", name);
    case "sameName":
      return l10n.t("The client calls another tool {0} too.", name);
    case "descriptionLength":
      return l10n.t("The description is longer than {0} characters.", match.most);
    case "noDescription":
      return l10n.t("There is no description.");
  }
}

function countedWords(words: string, count: number): string {
  if (count === 1) {
    return words;
  }
  const others = count - 1;
  return others === 1
    ? l10n.t("{0} There is one more of this kind.", words)
    : l10n.t("{0} There are {1} more of this kind.", words, others);
}

/** What happens to a client's list as a whole, in one sentence. */
export function listEffectInWords(client: Client, effect: ListEffect): string {
  switch (effect.of) {
    case "tools":
      return effect.loses === "list"
        ? l10n.t("All tools of their server are lost because of {0}.", namesOf(effect.because))
        : l10n.t("The whole request is lost because of {0}.", namesOf(effect.because));
    case "count":
      return l10n.t(
        "{0} tools are enabled here alone; {1} takes {2} of all its servers together.",
        effect.count,
        client.name,
        effect.limit.most,
      );
    case "deferral":
      return l10n.t("{0} searches among the tools instead of sending them all.", client.name);
  }
}

function namesOf(because: readonly Delivered[]): string {
  const names = because
    .slice(0, MOST_NAMES)
    .map(({ shown }) => shorten(shown.exposedName, MOST_NAME));
  const rest = because.length - names.length;
  return listed(rest === 0 ? names : [...names, l10n.t("{0} more", rest)]);
}
