import { availableParallelism } from "node:os";
import { Writable } from "node:stream";

/**
 * Bytes of memory for one window of VS Code with its server, its extension host and its browser.
 */
const WINDOW_BYTES = 2 ** 31;

/** More windows don't shorten a run, because its longest file takes as long. */
const MOST_WINDOWS = 4;

/**
 * The number of windows of VS Code to test at once: at least one, with 2 GB for each.
 * @param asked the value of `--jobs`, if any
 * @param perCore windows for each core: more than one where tests wait for much of their time
 */
export function windowsAtOnce(asked: string | undefined, perCore = 1): number {
  const fit = Math.floor(process.availableMemory() / WINDOW_BYTES);
  return asked === undefined
    ? Math.max(1, Math.min(Math.floor(availableParallelism() * perCore), fit, MOST_WINDOWS))
    : parseJobs(asked);
}

/**
 * The number of processes for unit tests, at least one.
 * @param asked the value of `--jobs`, if any
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

/** Runs `work` for each item, at most `most` at once. Resolves with the results in order. */
export async function mapConcurrent<Item, Result>(
  items: readonly Item[],
  most: number,
  work: (item: Item, voice: Voice) => Promise<Result>,
): Promise<readonly Result[]> {
  const output = new SerialOutput();
  const results: Result[] = [];
  const left = items.entries();
  const runLane = async (): Promise<void> => {
    for (const [index, item] of left) {
      const speaker = output.join();
      try {
        results[index] = await work(item, speaker);
      } finally {
        output.leave(speaker);
      }
    }
  };
  await Promise.all(Array.from({ length: most }, runLane));
  return results;
}

/** The output of one of several tasks that run at once. */
export interface Voice {
  readonly stream: Writable;
  say(line: string): void;
}

/**
 * Keeps the output of tasks apart that run at once. The first is printed at once, each other as
 * soon as all before it have ended.
 */
class SerialOutput {
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
