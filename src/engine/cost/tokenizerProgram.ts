import { parentPort } from "node:worker_threads";
import { countTokens as count } from "gpt-tokenizer/encoding/o200k_base";
import { countByWords } from "./countWords.ts";
import { cutLongWords } from "./longWords.ts";

/**
 * The program of the tokenizer's thread. Each message is a list of texts, and its answer the number
 * of o200k tokens of each, in the same order. A thread of its own, because loading the tokenizer
 * alone takes 200 ms; what can wait for that calls `countTokens`.
 */
parentPort?.on("message", (texts: readonly string[]) => {
  parentPort?.postMessage(texts.map(countTokens));
});

/** Texts of tools aren't instructions to the tokenizer, so `<|endoftext|>` in them is plain text. */
const AS_TEXT = { disallowedSpecial: new Set<string>() };

const countPart = countByWords((text) => count(text, AS_TEXT));

/** The number of o200k tokens. */
export function countTokens(text: string): number {
  return cutLongWords(text).reduce((sum, part) => sum + countPart(part), 0);
}
