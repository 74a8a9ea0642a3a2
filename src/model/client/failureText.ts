import * as l10n from "@vscode/l10n";
import { BREAKDOWNS } from "../doctor/breakdowns.ts";
import type { FailureAdvice, FailureRemedy } from "../doctor/failureAdvice.ts";
import { REFUSALS } from "../doctor/refusals.ts";
import { wireFieldInWords } from "../edits/wireFields.ts";
import { about } from "../sentence.ts";
import { withShownUrls } from "../server/url.ts";
import type { ApiError, ApiProblem } from "./failure.ts";

/** What happened and what to do about it, for people; with Cloudflare's own words where it had any. */
export function describeFailure(error: ApiError): string {
  const said = inCloudflaresWords(error.problems);
  const sentence = adviceOn(error).say(error);
  return said === undefined ? sentence : `${sentence} ${said}`;
}

/** What helps, for a button beside the sentence. */
export function failureRemedy(error: ApiError): FailureRemedy {
  return adviceOn(error).remedy;
}

function adviceOn({ kind, reason, subject }: ApiError): FailureAdvice {
  if (reason === "refused") return REFUSALS[kind];
  // Of the API's own answers it is known where they are wrong.
  const isForeign = reason === "wrongShape" && subject === undefined;
  const breakdown = BREAKDOWNS[isForeign ? "notJson" : reason];
  const saysMore = breakdown.hasStatus && (kind === "rateLimit" || kind === "server");
  return saysMore ? REFUSALS[kind] : breakdown;
}

/** More problems than these are in the same spirit. */
const shownProblems = 3;

function inCloudflaresWords(problems: readonly ApiProblem[]): string | undefined {
  const said = problems.slice(0, shownProblems).map(problemInWords).filter(Boolean);
  return said.length === 0 ? undefined : l10n.t("Cloudflare says: {0}", said.join("; "));
}

function problemInWords({ code, message, field }: ApiProblem): string {
  const text = withShownUrls(message).trim().slice(0, 300);
  const number = code === undefined ? "" : ` (${code})`;
  const words = `${text}${number}`.trim();
  return field === undefined || words === "" ? words : about(wireFieldInWords(field), words);
}
