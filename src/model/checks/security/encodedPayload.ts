import * as l10n from "@vscode/l10n";
import type { TextRule } from "../rule.ts";
import { FLAG } from "./automaton.ts";
import { concealment } from "./concealment.ts";
import { decodedParts } from "./decoding.ts";
import { excerpt } from "./excerpt.ts";
import { exfiltration } from "./exfiltration.ts";
import { instructionOverride } from "./instructionOverride.ts";
import { scanned } from "./scan.ts";

/** Source: mcpproxy-go, payload.decoded. */
export const encodedPayload: TextRule = {
  of: "text",
  id: "security/encoded-payload",
  severity: "warning",
  wants: (flags) => (flags & (FLAG.longRun | FLAG.escaped)) !== 0,
  *check({ text }) {
    for (const { start, end, reading } of decodedParts(text)) {
      if (!isHarmful(reading)) continue;
      const message = l10n.t(
        'An encoded command: it reads "{0}".',
        excerpt(reading, 0, reading.length),
      );
      yield { start, end, message };
    }
  },
};

const COMMAND =
  /\b(?:curl|wget|bash|zsh|sh|nc|ncat|netcat|powershell|pwsh|cmd(?:\.exe)?|python3?|perl|ruby|node|eval|exec|chmod|chown|rm|cat|scp|ssh|sudo|base64|osascript|mkfifo|crontab|invoke-expression|iex|certutil)\b\s{1,4}(?:[-/|~$"'&<>.(]|https?:|\w)|\/bin\/(?:ba|z)?sh\b|\|\s?(?:ba|z)?sh\b|\/dev\/tcp\/|\bos\.system\b|\bsubprocess\b/i;

const IN_THE_OPEN: readonly TextRule[] = [instructionOverride, concealment, exfiltration];

/** A shell command, or what would be found if it stood there in the open. */
function isHarmful(reading: string): boolean {
  if (COMMAND.test(reading)) return true;
  const open = scanned(reading);
  return IN_THE_OPEN.filter((rule) => rule.wants(open.flags)).some((rule) => {
    for (const { weak } of rule.check(open)) if (weak !== true) return true;
    return false;
  });
}
