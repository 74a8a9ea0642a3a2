import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { until } from "../../workbench/support/eventually.ts";
import { median } from "../result.ts";

/** The cost of one action in a window. */
export interface Busy {
  /** Milliseconds until the result is on screen. */
  readonly ms: number;
  /** The longest time that the page is blocked, in milliseconds of its main thread. */
  readonly page: number;
  /** The same for the extension host. */
  readonly host: number;
}

/** Resolves when the result is on screen. */
export type Action = () => Promise<void>;

export class Measure {
  readonly #page: Page;
  readonly #portFile: string;

  /** @param portFile the file with the port of the probe in the extension host */
  constructor(page: Page, portFile: string) {
    this.#page = page;
    this.#portFile = portFile;
  }

  /**
   * @param after work that goes on after the action; it counts for the blocked time but not for
   *   `ms`
   */
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

  /** The longest blocked time since the last call. */
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
  /** Microseconds of processor time. */
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
