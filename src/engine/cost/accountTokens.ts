import { hash } from "node:crypto";
import { TimeSlicer } from "../../base/async.ts";
import { isRecord } from "../../base/json.ts";
import type { ExposedCapability } from "../../domain/catalogue/serverCatalogue.ts";
import { exposedText } from "../../domain/cost/countedText.ts";
import type { TokenCounts } from "../../domain/cost/sums.ts";
import type { SharedJson } from "../ports.ts";
import type { Tokenizer } from "./tokenizer.ts";

/** What is counted: a tool's text, or a text itself. */
type Counted = ExposedCapability | string;

interface Unanswered {
  readonly key: string;
  readonly text: string;
  /** All that have this text. */
  readonly asked: Counted[];
}

interface AccountTokensOptions {
  readonly tokenizer: Tokenizer;
  /** Undefined for an account that isn't stored. */
  readonly file: SharedJson | undefined;
  /** Called when counts have arrived. */
  readonly onDidCount: () => void;
  /** Called when nothing can be counted any more, or the counts couldn't be kept. */
  readonly onFailure: (error: unknown) => void;
}

/** Characters of texts that are looked up at once, which takes 3 ms. More wait for another turn. */
const MOST_AT_ONCE = 300_000;
/** Characters that the tokenizer gets at a time. Counting them takes it some 10 ms. */
const BATCH = 200_000;
/**
 * The first are few, because the thread starts with them and loads while more are made: 5,000 tools are
 * counted in 0.9 of the time.
 */
const FIRST_BATCH = 10_000;
/**
 * Batches that the tokenizer has got and not answered: as many as are made while its thread starts, so
 * that it never waits for one. All together have some 6 MB.
 */
const MOST_UNDER_WAY = 30;
/** Sums that grow are told of this often. */
const TELL_MS = 500;
/** Counts in the file from which on those that this window didn't need go. */
const MOST_KEPT = 60_000;

/**
 * The tokens of an account's tools. Each text is counted once and known by its hash, in the next
 * window too. Nothing here holds the thread for long: what isn't known is counted in slices.
 */
export class AccountTokens implements TokenCounts {
  readonly #options: AccountTokensOptions;
  readonly #byTool = new WeakMap<ExposedCapability, number>();
  /** By the hash of the text. Undefined until the file has been read. */
  #counts: Map<string, number> | undefined;
  readonly #used = new Set<string>();
  readonly #asked = new Set<Counted>();
  #queue: Counted[] = [];
  readonly #unanswered = new Map<string, Unanswered>();
  #isCounting = false;
  #isUnsaved = false;
  #isOver = false;
  #lookedUp = 0;
  #told = 0;

  /** Grows when counts have arrived: a sum with pending tools may be another then. */
  generation = 0;

  constructor(options: AccountTokensOptions) {
    this.#options = options;
  }

  readonly ofTool = (shown: ExposedCapability): number | undefined => {
    const known = this.#byTool.get(shown);
    if (known !== undefined || this.#asked.has(shown)) {
      return known;
    }
    if (this.#lookedUp > MOST_AT_ONCE) {
      this.#ask(shown);
      return undefined;
    }
    return this.#lookUp(shown);
  };

  readonly ofText = (text: string): number | undefined =>
    this.#asked.has(text) ? undefined : this.#lookUp(text);

  /** Nothing is counted or told of any more. */
  dispose(): void {
    this.#isOver = true;
    this.#queue = [];
  }

  #lookUp(counted: Counted): number | undefined {
    const text = textOf(counted);
    if (this.#lookedUp === 0) {
      setImmediate(() => {
        this.#lookedUp = 0;
      });
    }
    this.#lookedUp += text.length;
    const tokens = this.#known(counted, keyOf(text));
    if (tokens === undefined) {
      this.#ask(counted);
    }
    return tokens;
  }

  #known(counted: Counted, key: string): number | undefined {
    this.#counts ??= readCounts(this.#options.file?.read());
    const tokens = this.#counts.get(key);
    if (tokens !== undefined) {
      this.#used.add(key);
      this.#note(counted, tokens);
    }
    return tokens;
  }

  #note(counted: Counted, tokens: number): void {
    if (typeof counted !== "string") {
      this.#byTool.set(counted, tokens);
    }
    this.#asked.delete(counted);
  }

  #ask(counted: Counted): void {
    if (this.#isOver) {
      return;
    }
    this.#asked.add(counted);
    this.#queue.push(counted);
    if (!this.#isCounting) {
      this.#isCounting = true;
      void this.#countAll();
    }
  }

  /** Never rejects. */
  async #countAll(): Promise<void> {
    while (this.#queue.length > 0) {
      try {
        await this.#countQueue();
      } catch (error) {
        if (!this.#isOver) {
          this.#options.onFailure(error);
        }
        this.dispose();
      }
      await this.#save().catch(this.#options.onFailure);
    }
    this.#isCounting = false;
  }

  async #countQueue(): Promise<void> {
    const slicer = new TimeSlicer();
    // All that is asked for in this turn is counted together.
    await slicer.next();
    const underWay: Promise<void>[] = [];
    let most = FIRST_BATCH;
    let hasFailed = false;
    while (this.#queue.length > 0 && !hasFailed) {
      const batch = await this.#nextBatch(slicer, most);
      most = BATCH;
      if (underWay.length === MOST_UNDER_WAY) {
        await underWay.shift();
      }
      const counting = this.#count(batch);
      underWay.push(counting);
      // The failure is thrown where it is awaited.
      counting.catch(() => {
        hasFailed = true;
      });
      if (this.#queue.length === 0) {
        await Promise.all(underWay.splice(0));
      }
    }
    await Promise.all(underWay);
    this.#tell();
  }

  async #nextBatch(slicer: TimeSlicer, most: number): Promise<readonly Unanswered[]> {
    const batch: Unanswered[] = [];
    let length = 0;
    let next = 0;
    for (; next < this.#queue.length && length < most; next += 1) {
      const added = this.#prepare(this.#queue[next]);
      if (added !== undefined) {
        batch.push(added);
        length += added.text.length;
      }
      if (slicer.isOver) {
        await slicer.next();
      }
    }
    this.#queue = this.#queue.slice(next);
    return batch;
  }

  /** Undefined where nothing has to be counted. */
  #prepare(counted: Counted | undefined): Unanswered | undefined {
    if (counted === undefined) {
      return undefined;
    }
    const text = textOf(counted);
    const key = keyOf(text);
    if (this.#known(counted, key) !== undefined) {
      return undefined;
    }
    const same = this.#unanswered.get(key);
    if (same !== undefined) {
      same.asked.push(counted);
      return undefined;
    }
    const unanswered = { key, text, asked: [counted] };
    this.#unanswered.set(key, unanswered);
    return unanswered;
  }

  async #count(batch: readonly Unanswered[]): Promise<void> {
    if (batch.length === 0) {
      return;
    }
    const counts = await this.#options.tokenizer.count(batch.map(({ text }) => text));
    for (const [index, { key, asked }] of batch.entries()) {
      const tokens = counts[index] ?? 0;
      this.#counts?.set(key, tokens);
      this.#used.add(key);
      this.#isUnsaved = true;
      this.#unanswered.delete(key);
      for (const counted of asked) {
        this.#note(counted, tokens);
      }
    }
    if (performance.now() - this.#told > TELL_MS) {
      this.#tell();
    }
  }

  #tell(): void {
    this.#told = performance.now();
    this.generation += 1;
    if (!this.#isOver) {
      this.#options.onDidCount();
    }
  }

  async #save(): Promise<void> {
    if (!this.#isUnsaved) {
      return;
    }
    this.#isUnsaved = false;
    const own = this.#counts ?? new Map<string, number>();
    await this.#options.file?.update((value) => {
      const all = new Map([...readCounts(value), ...own]);
      const kept =
        all.size > MOST_KEPT ? [...all].filter(([key]) => this.#used.has(key)) : [...all];
      return { counts: Object.fromEntries(kept) };
    });
  }
}

function textOf(counted: Counted): string {
  return typeof counted === "string" ? counted : exposedText(counted);
}

/** 132 bits, so that no two texts share a key. */
function keyOf(text: string): string {
  return hash("sha256", text, "base64url").slice(0, 22);
}

function readCounts(value: unknown): Map<string, number> {
  const counts = isRecord(value) && isRecord(value["counts"]) ? value["counts"] : {};
  return new Map(
    Object.entries(counts).filter((entry): entry is [string, number] => isCount(entry[1])),
  );
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
