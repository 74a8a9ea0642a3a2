import { isWidthless } from "./unseen.ts";

/** Letters of other alphabets that look like Latin ones; after Unicode's confusables, TR 39. */
const LOOKALIKES = new Map<string, string>(
  pairs(
    "аaбbвbсcԁdеeёeєeҽeғfɡgһhіiїiјjкkӏlмmоoөoрpԛqѕsтtцuуyвbѵvԝwхxзzӡ3",
    "αaβbγyδdεeζzηnιiκkνvοoρpτtυuχxωwσoϲcϳj",
    "ɑaƅbƈcɗdɛeɢgɩiıiʝjʟlɴnɔoʀrѕsᴛtʋvʏyᴢzøołlđdħhßsæaœo",
  ),
);

function pairs(...lines: readonly string[]): [string, string][] {
  return lines.flatMap((line) => {
    const chars = [...line];
    return chars.flatMap((char, index): [string, string][] =>
      index % 2 === 0 ? [[char, chars[index + 1] ?? ""]] : [],
    );
  });
}

const DIGITS = new Map([
  ["0", "o"],
  ["1", "i"],
  ["3", "e"],
  ["4", "a"],
  ["5", "s"],
  ["7", "t"],
]);

/** What a character says, whatever it looks like: lower case, without marks; "" for nothing. */
export function plain(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  if (code < 128) return char.toLowerCase();
  if (isWidthless(code)) return "";
  return char.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

/** A word with its lookalikes resolved, when that makes a Latin word of it; else as it is. */
export function latin(word: string): string {
  if (/^[ -~]*$/.test(word)) return word;
  const resolved = [...word].map((char) => LOOKALIKES.get(char) ?? char).join("");
  return /^[a-z0-9'’]*$/.test(resolved) ? resolved : word;
}

/** "1gn0re" is "ignore"; a word that is a number or has one at its end stays. */
export function undigited(word: string): string {
  if (!/[a-z][013457]+[a-z]|^[013457][a-z]{3,}/.test(word)) return word;
  return [...word].map((char) => DIGITS.get(char) ?? char).join("");
}
