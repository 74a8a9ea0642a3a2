import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { until } from "../../workbench/support/eventually.ts";
import { median } from "../result.ts";

/** What it costs a window when somebody does something. */
export interface Busy {
  /** Milliseconds until what they wait for is on screen. */
  readonly ms: number;
  /** For how long at most the page does nothing else, in milliseconds of its main thread. */
  readonly page: number;
  /** The same of the extension host. */
  readonly host: number;
}

/** Resolves when what somebody waits for is on screen. */
export type Action = () => Promise<void>;

export class Measure {
  readonly #page: Page;
  readonly #portFile: string;

  /** @param portFile where the probe in the extension host has written its port */
  constructor(page: Page, portFile: string) {
    this.#page = page;
    this.#portFile = portFile;
  }

  /** @param after what still goes on then, and counts but for the time */
  async busy(action: Action, after: Action = async () => undefined): Promise<Busy> {
    const browser = this.#page.context().browser();
    await this.#host();
    await browser?.startTracing(this.#page, { categories: CATEGORIES });
    const startedAt = performance.now();
    await action();
    const ms = performance.now() - startedAt;
    await after();
    const trace = await browser?.stopTracing();
    return { ms, page: longestTask(trace ?? Buffer.alloc(0)), host: await this.#host() };
  }

  /** The longest stretch since this was asked last. */
  async #host(): Promise<number> {
    const read = () => readFile(this.#portFile, "utf8").catch(() => "");
    const port = await until(read, (text) => text !== "", "the probe");
    const response = await fetch(`http://127.0.0.1:${port}/`);
    return Number(await response.text());
  }
}

export function medianOf(all: readonly Busy[]): Busy {
  const of = (key: keyof Busy) => median(all.map((each) => each[key]));
  return { ms: of("ms"), page: of("page"), host: of("host") };
}

const CATEGORIES = ["disabled-by-default-devtools.timeline", "__metadata"];

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds on the processor. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

function longestTask(trace: Buffer): number {
  const { traceEvents } = JSON.parse(trace.toString()) as {
    readonly traceEvents: readonly TraceEvent[];
  };
  const threadOf = ({ pid, tid }: TraceEvent) => `${pid}/${tid}`;
  const mains = new Set(
    traceEvents
      .filter(({ name, args }) => name === "thread_name" && args?.name === "CrRendererMain")
      .map(threadOf),
  );
  const tasks = traceEvents.filter(
    (event) => event.name === "RunTask" && mains.has(threadOf(event)),
  );
  if (tasks.length === 0) {
    throw new Error("The trace has no task of a page.");
  }
  return Math.max(...tasks.map(({ tdur }) => (tdur ?? 0) / 1000));
}
