import * as l10n from "@vscode/l10n";
import { about } from "../../base/text.ts";
import type { Facts } from "./facts.ts";

/** The one action that helps. The list starts with the least work for a person. */
export type Remedy = "syncAgain" | "setCredentials" | "openDashboard" | "showLog";

/** Where the fault lies. A diagnosis sets it where it knows more than `is_upstream` tells. */
export type Fault = "address" | "inFront" | "authorisation";

/** A known failure: how to recognise it, what to say, and what helps. */
export interface Diagnosis {
  applies(facts: Facts): boolean;
  message(facts: Facts): string;
  remedy(facts: Facts): Remedy;
  readonly fault?: Fault;
}

export const always = (remedy: Remedy) => (): Remedy => remedy;

/** A bearer token can be set from here; OAuth needs an administrator in the dashboard. */
export function credentialRemedy({ authType }: Pick<Facts, "authType">): Remedy {
  return authType === "bearer" ? "setCredentials" : "openDashboard";
}

/** A sentence without its full stop, followed by what the upstream or Cloudflare said. */
export function withWords(sentence: string, told: string | undefined): string {
  return l10n.t("{0}.", told === undefined ? sentence : about(sentence, told));
}

export const status =
  (...of: readonly number[]) =>
  (facts: Facts): boolean =>
    facts.status !== undefined && of.includes(facts.status);

export const mcp =
  (...of: readonly number[]) =>
  (facts: Facts): boolean =>
    facts.mcpCode !== undefined && of.includes(facts.mcpCode);

export const mentions =
  (...of: readonly string[]) =>
  (facts: Facts): boolean =>
    of.some((word) => facts.words.includes(word));

export const any =
  (...of: readonly ((facts: Facts) => boolean)[]) =>
  (facts: Facts): boolean =>
    of.some((applies) => applies(facts));

export const all =
  (...of: readonly ((facts: Facts) => boolean)[]) =>
  (facts: Facts): boolean =>
    of.every((applies) => applies(facts));

export const sent =
  (...of: readonly Facts["credential"][]) =>
  (facts: Facts): boolean =>
    of.includes(facts.credential);

export const tried =
  (...of: readonly Facts["tried"][]) =>
  (facts: Facts): boolean =>
    of.includes(facts.tried);

/** Gives " (403)", or "" without a status. */
export function code(facts: Facts): string {
  return facts.status === undefined ? "" : ` (${facts.status})`;
}
