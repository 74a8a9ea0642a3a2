import * as l10n from "@vscode/l10n";
import { listed } from "../../base/text.ts";
import type { AccessApp, AccessPolicy } from "../access/accessApp.ts";
import { letsIn } from "../access/policies.ts";
import type { Found, ReachAction, ReachQuestion } from "./chain.ts";

const MOST_NAMES = 3;

/** The sentences of an application that decides about users; `name` is of the portal or server. */
export interface AppWords {
  noPolicies(): string;
  /** There are some, of which none lets a user in. */
  nobody(): string;
  notLetIn(email: string): string;
}

/** Whether an application lets the user of a question in. */
export function usersFound(
  { id, name, policies }: AccessApp,
  { email, serviceToken }: ReachQuestion,
  words: AppWords,
  mend: ReachAction,
): Found {
  if (policies === undefined) {
    const sentence = l10n.t("The policies of the Access application {0} couldn't be read.", name);
    return { state: "unknown", sentence, action: mend };
  }
  if (email === undefined && serviceToken !== undefined) {
    return {
      state: "holds",
      sentence: l10n.t(
        "{0} is there. Whether it lets the token in is said under “Service token”.",
        name,
      ),
    };
  }
  if (!policies.some(isForUsers)) {
    const sentence = words.noPolicies();
    const missing = { kind: "policy", app: { id, name } } as const;
    return { state: "broken", sentence, action: mend, missing, rule: "reach/no-policy" };
  }
  if (email === undefined) {
    return anybodyFound(name, policies, words, mend);
  }
  switch (letsIn(policies, { kind: "user", email })) {
    case "yes":
      return { state: "holds", sentence: l10n.t("{0} lets {1} in.", name, email) };
    case "no":
      return { state: "broken", sentence: words.notLetIn(email), action: mend };
    case "depends":
      return {
        state: "depends",
        sentence: l10n.t(
          "Whether {0} lets {1} in depends on more than the email. Ask which groups, sign-in and device they use: {2}.",
          name,
          email,
          names(policies.filter(isForUsers)),
        ),
        action: mend,
      };
  }
}

function anybodyFound(
  name: string,
  policies: readonly AccessPolicy[],
  words: AppWords,
  mend: ReachAction,
): Found {
  switch (letsIn(policies, { kind: "anybody" })) {
    case "yes":
      return { state: "holds", sentence: l10n.t("{0} lets everyone in.", name) };
    case "no":
      return { state: "broken", sentence: words.nobody(), action: mend, rule: "reach/no-policy" };
    case "depends":
      return {
        state: "depends",
        sentence: l10n.t(
          "{0} lets in whom its policies name: {1}.",
          name,
          names(policies.filter(isForUsers)),
        ),
        action: { kind: "ask", what: "email" },
      };
  }
}

/** Whether a policy may let a user in. */
export function isForUsers({ decision }: AccessPolicy): boolean {
  return decision !== "deny" && decision !== "non_identity";
}

function names(policies: readonly AccessPolicy[]): string {
  const first = policies.slice(0, MOST_NAMES).map(({ name }) => name);
  const rest = policies.length - first.length;
  return listed(rest === 0 ? first : [...first, l10n.t("{0} more", rest)]);
}
