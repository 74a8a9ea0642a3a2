import { patterns } from "./patterns.ts";
import type { Phrases } from "./phrases.ts";
import { type Signal, signals } from "./signals.ts";

const INTO = patterns({}, [
  "parameter|argument|field must|should|has|needs ~2 hold|contain|include|carry",
  "with|to this tool|server|function",
  "as|in|into|via|through|inside|within|using ~4 parameter|parameters|argument|arguments|field|sidenote|notes|note|metadata|feedback",
]);
const INTO_NAMED = patterns({}, [
  "as|in|into|via|inside|using ~2 context|comment|comments|footer|summary|body|query|title|reason|input",
]);

/**
 * Parameters through which data can leave unseen. Words with many other meanings count only when
 * they are quoted.
 */
export function* outputChannels(phrases: Phrases): Iterable<Signal> {
  yield* signals(phrases, INTO, 1);
  for (const { from, to } of INTO_NAMED.find(phrases.words)) {
    const start = phrases.words[from]?.start ?? 0;
    if (phrases.isQuoted(phrases.words[to])) {
      yield { start, end: start, weight: 1 };
    }
  }
  for (const { index, 0: found } of phrases.text.matchAll(INTO_CODE)) {
    yield { start: index, end: index + found.length, weight: 0.5 };
  }
}

/**
 * Names of parameters, which are written as code. Other words are written so too, hence the low
 * weight.
 */
const INTO_CODE =
  /\b(?:as|in|into|via|within|fill in|populate|set|the|both as) `[A-Za-z_]\w{0,40}`/gi;

const OUTSIDE = patterns({}, [
  "attacker|attacker's|webhook|ngrok|pastebin|requestbin|burpcollaborator|http|https",
  "external|remote|our|following|third|logging|analytics|collection ~1 server|endpoint|address|url|service|host|site|api",
  "subdomain|gist",
  "our bucket|storage",
]);
const MAIL = /[\w.+-]{1,64}@[\w-]{1,63}\.[a-z]{2,}/gi;

export function* addresses(phrases: Phrases): Iterable<Signal> {
  yield* signals(phrases, OUTSIDE, 1);
  for (const { index, 0: found } of phrases.text.matchAll(MAIL)) {
    yield { start: index, end: index + found.length, weight: 1 };
  }
}
