import { createContext, Script } from "node:vm";
import { isRecord } from "./json.ts";

/** Milliseconds for all texts of one call. */
const LIMIT_MS = 250;

const SCRIPT = new Script(`(${evaluate})(input)`);

/** False for a text that isn't a regular expression. */
export function isExpression(pattern: string): boolean {
  try {
    new RegExp(pattern, "u");
    return true;
  } catch {
    return false;
  }
}

/**
 * Tests a person's regular expression on texts. Some expressions take exponential time, which only
 * an interpreter of its own can be stopped in.
 * @param pattern one that `isExpression` accepts
 * @returns undefined where it takes too long
 */
export function testEach(
  pattern: string,
  texts: readonly string[],
): readonly boolean[] | undefined {
  return run({ pattern, flags: "iu", texts, replacement: undefined })?.map(Boolean);
}

/**
 * Replaces what an expression matches, with `$1` for its first group; null for a text that it
 * doesn't match. Otherwise as `testEach`, but it tells capital letters from small ones.
 */
export function replaceEach(
  pattern: string,
  replacement: string,
  texts: readonly string[],
): readonly (string | null)[] | undefined {
  const results = run({ pattern, flags: "u", texts, replacement });
  return results?.map((each) => (typeof each === "string" ? each : null));
}

interface Input {
  readonly pattern: string;
  readonly flags: string;
  readonly texts: readonly string[];
  readonly replacement: string | undefined;
}

function run(input: Input): readonly unknown[] | undefined {
  try {
    const result: unknown = SCRIPT.runInContext(createContext({ input }), { timeout: LIMIT_MS });
    const parsed: unknown = JSON.parse(String(result));
    return Array.isArray(parsed) ? parsed : undefined;
  } catch (error) {
    // The error belongs to the other interpreter, so it is no Error of this one.
    if (isRecord(error) && error["code"] === TIMEOUT) {
      return undefined;
    }
    throw error;
  }
}

/** Runs in the other interpreter, so it uses nothing of this file. */
function evaluate({ pattern, flags, texts, replacement }: Input): string {
  const expression = new RegExp(pattern, flags);
  const results = texts.map((text) => {
    const isMatch = expression.test(text);
    if (replacement === undefined) {
      return isMatch;
    }
    return isMatch ? text.replace(expression, replacement) : null;
  });
  return JSON.stringify(results);
}

const TIMEOUT = "ERR_SCRIPT_EXECUTION_TIMEOUT";
