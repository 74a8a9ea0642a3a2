import type { Reply } from "./contract.ts";
import { refusal } from "./contract.ts";
import { isLive } from "./target.ts";

interface Observation {
  readonly question: string;
  readonly seen: string;
}

const observations: Observation[] = [];

/** Notes an observation on an open question. It never fails. */
export function observe(question: string, seen: unknown): void {
  if (observations.length === 0 && process.env["CONTRACT_TABLE"] === "1") {
    process.once("exit", printTable);
  }
  observations.push({ question, seen: typeof seen === "string" ? seen : JSON.stringify(seen) });
}

/** A reply in one line: its status, and its first error, if any. */
export function summary(reply: Reply): string {
  const [status, code, message] = refusal(reply);
  return code === undefined ? String(status) : `${status}, ${code}: ${message}`;
}

function printTable(): void {
  const width = Math.max(...observations.map(({ question }) => question.length));
  const title = isLive ? "What Cloudflare does" : "What the emulator does, unless told otherwise";
  const rows = observations.map(({ question, seen }) => `  ${question.padEnd(width)}  ${seen}`);
  process.stdout.write(`\n${title}, where nobody knew:\n\n${rows.join("\n")}\n`);
}
