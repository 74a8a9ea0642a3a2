import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { ROOT } from "../harness/paths.ts";
import type { Bundle } from "./strings.ts";

export interface Translation {
  /** The path from the root, with slashes. */
  readonly path: string;
  /** As VS Code calls it, such as `de`. */
  readonly language: string;
  readonly texts: Readonly<Record<string, unknown>>;
}

/** The files of every language that lie next to an English one, such as `package.nls.de.json`. */
export function readTranslations(english: string): readonly Translation[] {
  const name = basename(english, ".json");
  return globSync(english.replace(/\.json$/, ".*.json"), { cwd: ROOT })
    .sort()
    .map((path) => ({
      path: path.replaceAll("\\", "/"),
      language: basename(path, ".json").slice(name.length + 1),
      texts: JSON.parse(readFileSync(join(ROOT, path), "utf8")),
    }));
}

/** What a translation has to keep, and how it is read from a text. */
const KEPT: readonly (readonly [what: string, of: (text: string) => readonly string[]])[] = [
  ["the placeholders", found(/\{\d+\}/g)],
  ["the icons", found(/\$\([\w~-]+\)/g)],
  ["the inline code", found(/`[^`]*`/g)],
  ["the links, and an ellipsis at the end of their words", linksOf],
  ["the ellipsis at the end", (text) => (text.trimEnd().endsWith("…") ? ["…"] : [])],
  ["the white space at the start", (text) => [/^\s*/u.exec(text)?.[0] ?? ""]],
  ["the white space at the end", (text) => [/\s*$/u.exec(text)?.[0] ?? ""]],
  ["the line breaks", found(/\n/g)],
];

/** Everything in which a translation differs from the English strings and must not. */
export function faultsOf(english: Bundle, texts: Translation["texts"]): readonly string[] {
  const surplus = Object.keys(texts).filter((key) => !Object.hasOwn(english, key));
  return [
    ...surplus.map((key) => `English has no ${JSON.stringify(key)}.`),
    ...Object.entries(english).flatMap(([key, source]) => {
      const text = Object.hasOwn(texts, key) ? texts[key] : undefined;
      const message = typeof source === "string" ? source : source.message;
      return faultsOfText(message, text).map((fault) => `${JSON.stringify(key)}: ${fault}`);
    }),
  ];
}

function faultsOfText(english: string, text: unknown): readonly string[] {
  if (text === undefined) {
    return ["not translated"];
  }
  if (typeof text !== "string" || text.trim() === "") {
    return ["no text"];
  }
  return KEPT.flatMap(([what, of]) => {
    const [before, after] = [english, text].map((each) => JSON.stringify(of(each).toSorted()));
    return before === after ? [] : [`${what}: ${before} became ${after}`];
  });
}

function found(pattern: RegExp): (text: string) => readonly string[] {
  return (text) => [...text.matchAll(pattern)].map(([mark]) => mark);
}

function linksOf(text: string): readonly string[] {
  return [...text.matchAll(/\[([^\]]*)\]\(([^)]*)\)/g)].map(
    ([, words = "", target = ""]) => `${words.endsWith("…") ? "…" : ""}${target}`,
  );
}
