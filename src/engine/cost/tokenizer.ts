import { Worker } from "node:worker_threads";
import * as l10n from "@vscode/l10n";

/** Counts the o200k tokens of texts. */
export interface Tokenizer {
  /** The numbers are in the order of the texts. Rejects where the tokenizer can't run. */
  count(texts: readonly string[]): Promise<readonly number[]>;
}

/** After this time without a text the thread ends, and its 100 MB are free again. */
const IDLE_MS = 30_000;

/**
 * Twice what a thread has for objects that are new. The 200,000 tokens that it loads, and the texts that
 * come meanwhile, are moved less often: counting is done in 0.9 of the time.
 */
const YOUNG_MB = 96;

interface Waiting {
  resolve(counts: readonly number[]): void;
  reject(error: Error): void;
}

/** A tokenizer in a thread of its own, which starts with the first text. */
export class ThreadTokenizer implements Tokenizer {
  readonly #program: string | URL;
  readonly #idleMs: number;
  #thread: Worker | undefined;
  /** Answers come in the order of the questions. */
  #waiting: Waiting[] = [];
  #idle: NodeJS.Timeout | undefined;

  /** @param program the file of `tokenizerProgram.ts` */
  constructor(program: string | URL, idleMs = IDLE_MS) {
    this.#program = program;
    this.#idleMs = idleMs;
  }

  get isRunning(): boolean {
    return this.#thread !== undefined;
  }

  count(texts: readonly string[]): Promise<readonly number[]> {
    clearTimeout(this.#idle);
    const thread = this.#thread ?? this.#start();
    this.#thread = thread;
    thread.ref();
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      thread.postMessage(texts);
    });
  }

  dispose(): void {
    clearTimeout(this.#idle);
    this.#end();
  }

  #start(): Worker {
    // It needs nothing of this process: no environment, no flags.
    const thread = new Worker(this.#program, {
      env: {},
      execArgv: [],
      name: "tokenizer",
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
    });
    thread.on("message", (counts: readonly number[]) => {
      this.#waiting.shift()?.resolve(counts);
      if (this.#waiting.length === 0) {
        this.#rest(thread);
      }
    });
    thread.on("error", (cause) => this.#fail(thread, cause));
    thread.on("exit", (code) => this.#fail(thread, code));
    return thread;
  }

  /** An idle thread keeps no process alive. */
  #rest(thread: Worker): void {
    thread.unref();
    this.#idle = setTimeout(() => this.#end(), this.#idleMs);
    this.#idle.unref();
  }

  #fail(thread: Worker, cause: unknown): void {
    if (this.#thread === thread) {
      this.#end(cause);
    }
  }

  #end(cause?: unknown): void {
    const thread = this.#thread;
    const waiting = this.#waiting;
    this.#thread = undefined;
    this.#waiting = [];
    void thread?.terminate();
    for (const { reject } of waiting) {
      reject(new Error(l10n.t("The tokenizer ended before it had counted."), { cause }));
    }
  }
}
