import { availableParallelism } from "node:os";
import { Writable } from "node:stream";

/** What a window of VS Code takes with its server, its extension host and its browser. */
const WINDOW_BYTES = 2 ** 31;

/** More windows than this make no run shorter: the longest file is as long as ever. */
const MOST_WINDOWS = 4;

/**
 * How many windows of VS Code may be tested at once, at least one: a core and 2 GB for each.
 * @param asked what `--jobs` says, if anything
 */
export function windowsAtOnce(asked: string | undefined): number {
  const fit = Math.floor(process.availableMemory() / WINDOW_BYTES);
  return asked === undefined
    ? Math.max(1, Math.min(availableParallelism(), fit, MOST_WINDOWS))
    : parseJobs(asked);
}

/**
 * How many processes may run unit tests at once, at least one.
 * @param asked what `--jobs` says, if anything
 */
export function processesAtOnce(asked: string | undefined): number {
  return asked === undefined ? availableParallelism() : parseJobs(asked);
}

function parseJobs(asked: string): number {
  const jobs = Number(asked);
  if (!Number.isInteger(jobs) || jobs < 1) {
    throw new Error("--jobs is a number from 1.");
  }
  return jobs;
}

/** Runs `work` for each item, at most `most` at once, and resolves to the results in their order. */
export async function runSideBySide<Item, Result>(
  items: readonly Item[],
  most: number,
  work: (item: Item, voice: Voice) => Promise<Result>,
): Promise<readonly Result[]> {
  const turns = new Turns();
  const results: Result[] = [];
  const left = items.entries();
  const runLane = async (): Promise<void> => {
    for (const [index, item] of left) {
      const speaker = turns.join();
      try {
        results[index] = await work(item, speaker);
      } finally {
        turns.leave(speaker);
      }
    }
  };
  await Promise.all(Array.from({ length: most }, runLane));
  return results;
}

/** Where one of several that run side by side writes what it says. */
export interface Voice {
  readonly stream: Writable;
  say(line: string): void;
}

/**
 * Keeps the output of those that run side by side apart: who came first is heard at once, the
 * others as soon as everybody before them has ended.
 */
class Turns {
  #speakers: readonly Speaker[] = [];

  join(): Speaker {
    const speaker = new Speaker();
    this.#speakers = [...this.#speakers, speaker];
    this.#hearFirst();
    return speaker;
  }

  leave(speaker: Speaker): void {
    speaker.hasEnded = true;
    while (this.#speakers[0]?.hasEnded) {
      this.#speakers = this.#speakers.slice(1);
      this.#hearFirst();
    }
  }

  #hearFirst(): void {
    this.#speakers[0]?.beHeard();
  }
}

class Speaker implements Voice {
  hasEnded = false;
  #isHeard = false;
  readonly #kept: Buffer[] = [];
  readonly stream = new Writable({
    decodeStrings: true,
    write: (chunk: Buffer, _encoding, done) => {
      this.#take(chunk);
      done();
    },
  });

  say(line: string): void {
    this.#take(Buffer.from(`${line}\n`));
  }

  beHeard(): void {
    this.#isHeard = true;
    process.stdout.write(Buffer.concat(this.#kept.splice(0)));
  }

  #take(chunk: Buffer): void {
    if (this.#isHeard) {
      process.stdout.write(chunk);
    } else {
      this.#kept.push(chunk);
    }
  }
}
