import type { Server } from "../server/server.ts";
import { type Entry, entriesOf } from "./entries.ts";
import { fold } from "./fold.ts";
import { scoreOf } from "./score.ts";

export interface Answer {
  /** The best, at most as many as were asked for. */
  readonly best: readonly Pick<Entry, "server" | "capability">[];
  /** All that fit. */
  readonly count: number;
}

/** A longer query is cut: nobody types more, and what is pasted by mistake must not cost. */
const LONGEST_QUERY = 200;

/** Names that are longer are equals. */
const LONGEST_NAME = 255;

/** The tools and prompts of some servers, for one who types. */
export class Search {
  readonly #all: readonly Entry[];
  #last: { readonly query: string; readonly fitting: readonly Entry[] };

  constructor(servers: Iterable<Server>) {
    this.#all = [...servers].flatMap((server) => entriesOf(server));
    this.#last = { query: "", fitting: this.#all };
  }

  /**
   * What fits every word of a query, best first; of equals the shorter name, then the order in which
   * the servers and their catalogues stand. An empty query fits all.
   */
  find(text: string, limit: number): Answer {
    const query = fold(text.slice(0, LONGEST_QUERY)).trimStart();
    const words = query.split(/\s+/u).filter(Boolean);
    const byRank = new Map<number, Entry[]>();
    const fitting: Entry[] = [];
    // Whatever fits "logs" fitted "log".
    for (const entry of query.startsWith(this.#last.query) ? this.#last.fitting : this.#all) {
      const score = scoreOf(entry, words);
      if (score === 0 && words.length > 0) continue;
      fitting.push(entry);
      const rank = words.length === 0 ? 0 : rankOf(score, entry);
      const equals = byRank.get(rank);
      if (equals === undefined) byRank.set(rank, [entry]);
      else equals.push(entry);
    }
    this.#last = { query, fitting };
    return { best: bestOf(byRank, limit), count: fitting.length };
  }
}

/** One number, because thousands of equals are sorted faster by their places than by comparing. */
function rankOf(score: number, { label }: Entry): number {
  return score * (LONGEST_NAME + 1) + LONGEST_NAME - Math.min(label.text.length, LONGEST_NAME);
}

function bestOf(byRank: ReadonlyMap<number, readonly Entry[]>, limit: number): readonly Entry[] {
  const ranks = [...byRank.keys()].sort((one, other) => other - one);
  const best: Entry[] = [];
  for (const rank of ranks) {
    if (best.length >= limit) break;
    best.push(...(byRank.get(rank) ?? []).slice(0, limit - best.length));
  }
  return best;
}
