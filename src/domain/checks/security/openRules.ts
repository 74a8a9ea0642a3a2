import type { TextRule } from "../rule.ts";
import { command } from "./command.ts";
import { concealment } from "./concealment.ts";
import { exfiltration } from "./exfiltration.ts";
import { instructionOverride } from "./instructionOverride.ts";
import { PHRASE_RULES } from "./phraseRules.ts";
import { scanned } from "./scanned.ts";

const COMMAND =
  /\b(?:curl|wget|bash|zsh|sh|nc|ncat|netcat|powershell|pwsh|cmd(?:\.exe)?|python3?|perl|ruby|node|eval|exec|chmod|chown|rm|cat|scp|ssh|sudo|base64|osascript|mkfifo|crontab|invoke-expression|iex|certutil)\b\s{1,4}(?:[-/|~$"'&<>.(]|https?:|\w)|\/bin\/(?:ba|z)?sh\b|\|\s?(?:ba|z)?sh\b|\/dev\/tcp\/|\bos\.system\b|\bsubprocess\b/i;

const IN_THE_OPEN: readonly TextRule[] = [
  instructionOverride,
  concealment,
  exfiltration,
  command,
  ...PHRASE_RULES,
];

/** True for a shell command, and for a text that a rule would find if it weren't encoded. */
export function isHarmful(reading: string): boolean {
  return COMMAND.test(reading) || isFoundInTheOpen(reading);
}

/** True for a text that a rule finds as it is. */
export function isFoundInTheOpen(reading: string): boolean {
  const open = scanned(reading);
  return IN_THE_OPEN.some((rule) => {
    for (const { weak } of rule.check(open)) {
      if (weak !== true) {
        return true;
      }
    }
    return false;
  });
}
