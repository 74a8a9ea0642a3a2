import * as l10n from "@vscode/l10n";
import { always, type Diagnosis, withWords } from "./diagnosis.ts";
import { HTTP_DIAGNOSES } from "./httpDiagnoses.ts";
import { MCP_DIAGNOSES } from "./mcpDiagnoses.ts";
import { RENEWAL, WORD_DIAGNOSES } from "./wordDiagnoses.ts";

const UNKNOWN_STATUS: Diagnosis = {
  applies: ({ status: code }) => code !== undefined,
  say: ({ status: code, told }) =>
    withWords(l10n.t("The upstream answered with status {0}", code ?? 0), told),
  remedy: always("showLog"),
};

/** The first that applies counts: what is told by a code stands before what is told by a word. */
export const DIAGNOSES: readonly Diagnosis[] = [
  RENEWAL,
  ...HTTP_DIAGNOSES,
  ...MCP_DIAGNOSES,
  ...WORD_DIAGNOSES,
  UNKNOWN_STATUS,
];
