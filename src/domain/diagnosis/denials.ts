import type { ApiProblem } from "../apiError.ts";

/** The reason of a denial whose status alone would suggest a missing permission. */
export type Denial =
  | "location"
  | "expired"
  | "notYetValid"
  | "disabled"
  | "otherAccount"
  | "notEntitled";

/** Words of Cloudflare's messages, in lower case. The first row whose words all occur decides. */
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

/** Undefined where Cloudflare's message names no reason. The permission is then missing. */
export function denialOf(problems: readonly ApiProblem[]): Denial | undefined {
  const texts = problems.map(({ message }) => message.toLowerCase());
  const row = DENIALS.find(([, words]) =>
    texts.some((text) => words.every((word) => text.includes(word))),
  );
  return row?.[0];
}

/** True where the credential itself isn't valid, so no account and no network would accept it. */
export function isOfCredential(denial: Denial | undefined): boolean {
  return denial === "expired" || denial === "notYetValid" || denial === "disabled";
}
