import { catalogueOf } from "../../catalogue/serverCatalogue.ts";
import type { Server } from "../../servers/server.ts";
import type { IndexEntry } from "../rule.ts";
import { keyOf } from "./toolNames.ts";
import { latin, plain } from "./words.ts";

/** Characters of which one may stand for another. */
const AMBIGUOUS = /[^\0-\x7f]|[a-z][01]|[01][a-z]|I[a-z]|[a-z]I/;

/** The names of a server that look like other ones, by the names that they look like. */
export function* lookalikesOf(server: Server): Iterable<IndexEntry> {
  for (const shown of catalogueOf(server).tools) {
    const { name, enabled } = shown;
    if (!enabled || !AMBIGUOUS.test(name)) {
      continue;
    }
    const key = keyOf(seenAs(name));
    if (key !== keyOf(name)) {
      yield { key, server, shown };
    }
  }
}

/** A name as a reader takes it: in Latin letters, none of them a digit or a capital `I`. */
function seenAs(name: string): string {
  const letters = [...name.replaceAll("I", "l")].map(plain).join("");
  return letters
    .split(/([_-])/)
    .map(latin)
    .join("")
    .replaceAll("0", "o")
    .replaceAll("1", "l");
}
