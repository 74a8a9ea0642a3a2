import * as l10n from "@vscode/l10n";
import { quoted } from "../diagnosis/facts.ts";
import { diagnose } from "../diagnosis/upstream.ts";
import type { Server } from "../servers/server.ts";
import { type Finding, ON_NAME } from "./finding.ts";

/** Rules by status. A server has one status, so one of them applies at most. */
export const HEALTH_RULES: ReadonlyMap<string, Pick<Finding, "rule" | "severity">> = new Map([
  ["error", { rule: "health/error", severity: "error" }],
  ["stale", { rule: "health/stale", severity: "warning" }],
  ["waiting", { rule: "health/waiting", severity: "information" }],
  ["ready", { rule: "health/ready-with-error", severity: "warning" }],
]);

/** Problems that Cloudflare itself reports of a server. */
export function checkHealth(server: Server): readonly Finding[] {
  const rule = HEALTH_RULES.get(server.status);
  const advice = diagnose(server);
  if (rule === undefined || advice === undefined) {
    return [];
  }
  return [{ ...rule, message: withRawWords(advice.sentence, server), path: ON_NAME }];
}

/**
 * Adds Cloudflare's text on a line of its own: the Problems view shows the first line, the hover
 * all.
 */
function withRawWords(sentence: string, { error, errorDetails }: Server): string {
  const said = [error, errorDetails?.cause].map((text) => quoted(text ?? ""));
  const words = [...new Set(said)].filter((each) => each !== "" && !sentence.includes(each));
  if (words.length === 0) {
    return sentence;
  }
  return `${sentence}\n${l10n.t("In Cloudflare's words: {0}", words.join(" · "))}`;
}
