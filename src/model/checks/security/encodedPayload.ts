import * as l10n from "@vscode/l10n";
import type { TextRule } from "../rule.ts";
import { FLAG } from "./automaton.ts";
import { excerpt } from "./excerpt.ts";
import { overridePatterns } from "./overridePatterns.ts";
import { Phrases } from "./phrases.ts";

const RUN = /[A-Za-z0-9+/_-]{20,}={0,2}/g;
const HEX = /^(?:[0-9a-fA-F]{2}){10,}$/;
/** Longer payloads show what they are at their beginning. */
const MOST = 4096;

/** Source: mcpproxy-go, payload.decoded. */
export const encodedPayload: TextRule = {
  of: "text",
  id: "security/encoded-payload",
  severity: "warning",
  wants: (flags) => (flags & FLAG.longRun) !== 0,
  *check({ text }) {
    for (const { index, 0: run } of text.matchAll(RUN)) {
      const decoded = decode(run.slice(0, MOST));
      if (decoded === undefined || !isCommand(decoded)) continue;
      const message = l10n.t(
        'An encoded command: it reads "{0}".',
        excerpt(decoded, 0, decoded.length),
      );
      yield { start: index, end: index + run.length, message };
    }
  },
};

function decode(run: string): string | undefined {
  const bytes = HEX.test(run) ? fromHex(run) : fromBase64(run);
  return bytes !== undefined && /^[\t\n\r -~]{8,}$/.test(bytes) ? bytes : undefined;
}

function fromHex(run: string): string {
  return run.replace(/../g, (pair) => String.fromCharCode(Number.parseInt(pair, 16)));
}

function fromBase64(run: string): string | undefined {
  const plain = run.replace(/=+$/, "").replaceAll("-", "+").replaceAll("_", "/");
  try {
    return atob(plain.slice(0, plain.length - (plain.length % 4 === 1 ? 1 : 0)));
  } catch {
    return undefined;
  }
}

const COMMAND =
  /\b(?:curl|wget|bash|zsh|sh|nc|ncat|netcat|powershell|pwsh|cmd(?:\.exe)?|python3?|perl|ruby|node|eval|exec|chmod|chown|rm|cat|scp|ssh|sudo|base64|osascript|mkfifo|crontab|invoke-expression|iex|certutil)\b\s{1,4}(?:[-/|~$"'&<>.(]|https?:|\w)|\/bin\/(?:ba|z)?sh\b|\|\s?(?:ba|z)?sh\b|\/dev\/tcp\/|\bos\.system\b|\bsubprocess\b/i;

/** A shell command, or instructions that would be found if they stood there in the open. */
function isCommand(decoded: string): boolean {
  if (COMMAND.test(decoded)) return true;
  for (const { weak } of overridePatterns.find(new Phrases(decoded).words)) if (!weak) return true;
  return false;
}
