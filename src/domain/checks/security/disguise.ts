import * as l10n from "@vscode/l10n";
import { excerpt } from "../../../base/unseen.ts";
import { TEXT_FIXES, type TextHit, type TextRule } from "../rule.ts";
import { isFoundInTheOpen, isHarmful } from "./openRules.ts";
import { eachHash, hashOf } from "./wordHashes.ts";

const SPELLED = "ignore all previous instructions the tell user send and password not read key";

/** Words of orders as ROT13 writes them. */
const TURNED: ReadonlySet<string> = new Set(rot13(SPELLED).split(" "));
/** Words of orders, from their end to their beginning. */
const BACKWARDS: ReadonlySet<string> = new Set(backwards(SPELLED).split(" "));
/** The code points of `e` and `t`, one of which every English order has. */
const CODED: ReadonlySet<string> = new Set(["101", "116"]);
const HEXADECIMAL = /(?:0x[0-9a-f]{2}[\s,;]{0,2}){8,400}|(?:\\u\{[0-9a-f]{2,4}\}){8,400}/gi;
const DECIMAL = /(?<![\d.])(?:\d{2,3}[\s,;]{1,2}){8,400}\d{2,3}(?![\d.])/g;
/** Words without blanks between them. */
const RUN_TOGETHER =
  /(?:ignore|disregard|forget)(?:all|any|every|the|your|previous|prior|earlier)[a-z]{0,24}(?:instructions|prompt|rules|guidelines)[a-z]{0,60}/gi;
/** A link whose address has a place for what was said. */
const CARRYING =
  /\]\(https?:\/\/[^)\s]{1,200}?[?&][\w.-]{1,32}=(?:[{<$]|%7b|(?=[A-Z_]{6})(?:CONV|CHAT|HIST|USER|DATA|SUMM|PROM|CONT|MESS|SECR|TOKE|KEY|BASE)[A-Z_]{0,40})/g;

const WRITINGS = [TURNED, BACKWARDS, CODED, HEXADECIMAL, RUN_TOGETHER, CARRYING];

/** Sources: mcpproxy-go, payload.decoded; reports of obfuscated prompt injection. */
export const disguise: TextRule = {
  of: "text",
  id: "security/disguise",
  severity: "error",
  tellsIntent: true,
  fixes: TEXT_FIXES,
  requires: { shapes: 0, any: [WRITINGS] },
  *check({ text, mayHave }) {
    if (!mayHave(WRITINGS)) {
      return;
    }
    for (const reading of [rot13, backwards]) {
      if (looksSo(text, reading) && isFoundInTheOpen(reading(text)) && !isFoundInTheOpen(text)) {
        yield hitOf(text, 0, text.length, reading(text));
        return;
      }
    }
    for (const pattern of [HEXADECIMAL, DECIMAL]) {
      for (const { index, 0: found } of text.matchAll(pattern)) {
        const reading = decoded(found);
        if (isHarmful(reading)) {
          yield hitOf(text, index, index + found.length, reading);
        }
      }
    }
    for (const pattern of [RUN_TOGETHER, CARRYING]) {
      for (const { index, 0: found } of text.matchAll(pattern)) {
        yield hitOf(text, index, index + found.length, found);
      }
    }
  },
};

const TURNED_HASHES: ReadonlySet<number> = new Set([...TURNED].map(hashOf));
const BACKWARDS_HASHES: ReadonlySet<number> = new Set([...BACKWARDS].map(hashOf));

/** True for a text with two words of orders in that writing. Words aren't cut out of a long text. */
function looksSo(text: string, reading: (text: string) => string): boolean {
  const sought = reading === rot13 ? TURNED_HASHES : BACKWARDS_HASHES;
  let count = 0;
  eachHash(text, (hash) => {
    count += sought.has(hash) ? 1 : 0;
  });
  return count > 1;
}

function rot13(text: string): string {
  return text.replace(/[a-z]/gi, (char) => {
    const base = char <= "Z" ? 65 : 97;
    return String.fromCharCode(((char.charCodeAt(0) - base + 13) % 26) + base);
  });
}

function backwards(text: string): string {
  return [...text].reverse().join("");
}

function decoded(codes: string): string {
  const numbers = codes.match(/0x[0-9a-f]{2}|(?<=\{)[0-9a-f]{2,4}|\d{2,3}/gi) ?? [];
  const isHex = /[x{]/i.test(codes);
  return numbers
    .map((code) => String.fromCodePoint(Number.parseInt(code.replace(/^0x/i, ""), isHex ? 16 : 10)))
    .join("");
}

function hitOf(text: string, start: number, end: number, reading: string): TextHit {
  const message = l10n.t(
    'It hides words from readers in another writing: "{0}" reads "{1}".',
    excerpt(text, start, end),
    excerpt(reading, 0, reading.length),
  );
  return { start, end, message };
}
