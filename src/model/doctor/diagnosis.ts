import * as l10n from "@vscode/l10n";
import { about } from "../sentence.ts";
import type { Facts } from "./facts.ts";

/** The one thing that helps, in the order of how much a person has to do. */
export type Remedy = "syncAgain" | "setCredentials" | "openDashboard" | "showLog";

/** A known failure: how to recognise it, what to say, and what helps. */
export interface Diagnosis {
  applies(facts: Facts): boolean;
  say(facts: Facts): string;
  remedy(facts: Facts): Remedy;
}

export const always = (remedy: Remedy) => (): Remedy => remedy;

/** A bearer can be set from here; OAuth needs an administrator in the dashboard. */
export function credentialRemedy({ authType }: Pick<Facts, "authType">): Remedy {
  return authType === "bearer" ? "setCredentials" : "openDashboard";
}

/** A sentence without its full stop, and what the upstream or Cloudflare said. */
export function withWords(sentence: string, told: string | undefined): string {
  return l10n.t("{0}.", told === undefined ? sentence : about(sentence, told));
}
