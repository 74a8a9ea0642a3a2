import type { ApiProblem } from "../apiError.ts";

/** Why Cloudflare denies a request with a status that alone would mean a missing permission. */
export type Denial =
  | "location"
  | "expired"
  | "notYetValid"
  | "disabled"
  | "otherAccount"
  | "notEntitled";

/** By words of Cloudflare's message, in lower case. The first row of which all words are there counts. */
const DENIALS: readonly (readonly [Denial, readonly string[]])[] = [
  ["location", ["from location"]],
  ["location", ["ip address"]],
  ["location", ["client ip"]],
  ["location", ["ip restrict"]],
  ["location", ["ip", "not allowed"]],
  ["location", ["ip", "not in", "range"]],
  ["notYetValid", ["not yet valid"]],
  ["notYetValid", ["not yet active"]],
  ["notYetValid", ["not active yet"]],
  ["notYetValid", ["not valid before"]],
  ["notYetValid", ["not_before"]],
  ["expired", ["expired"]],
  ["disabled", ["token", "disabled"]],
  ["disabled", ["key", "disabled"]],
  ["disabled", ["user", "suspended"]],
  ["disabled", ["revoked"]],
  ["disabled", ["inactive token"]],
  ["disabled", ["token is inactive"]],
  ["notEntitled", ["not entitled"]],
  ["notEntitled", ["entitlement"]],
  ["notEntitled", ["account", "not enabled"]],
  ["notEntitled", ["feature", "not enabled"]],
  ["notEntitled", ["not available", "plan"]],
  ["notEntitled", ["upgrade your"]],
  ["notEntitled", ["subscription"]],
  ["otherAccount", ["another account"]],
  ["otherAccount", ["different account"]],
  ["otherAccount", ["wrong account"]],
  ["otherAccount", ["account", "mismatch"]],
  ["otherAccount", ["account", "not a member"]],
  ["otherAccount", ["account", "does not belong"]],
  ["otherAccount", ["account", "not match"]],
  ["otherAccount", ["not authorized", "this account"]],
];

/** Undefined where Cloudflare's words name no reason: then it is a missing permission. */
export function denialOf(problems: readonly ApiProblem[]): Denial | undefined {
  const texts = problems.map(({ message }) => message.toLowerCase());
  const row = DENIALS.find(([, words]) =>
    texts.some((text) => words.every((word) => text.includes(word))),
  );
  return row?.[0];
}

/** True where the credential itself isn't in force: no account and no network would take it. */
export function isOfCredential(denial: Denial | undefined): boolean {
  return denial === "expired" || denial === "notYetValid" || denial === "disabled";
}
