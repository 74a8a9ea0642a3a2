import { ApiError, type FailureKind, type FailureReason } from "../../../../src/domain/apiError.ts";
import type { Dice } from "./dice.ts";

/** Whether a failed write takes effect: at once, or late, when nobody waits for it any more. */
type Applied = boolean | "late";

/** A fault of one request. */
type Fault =
  | { readonly kind: "none" }
  | { readonly kind: "ignored" }
  | {
      readonly kind: "failed";
      readonly applied: Applied;
      readonly failure: readonly [FailureKind, FailureReason, number | undefined];
    };

const failures: readonly [Fault, ...Fault[]] = [
  failed("offline", "connectionLost", undefined, false),
  failed("offline", "connectionLost", undefined, true),
  failed("offline", "timeout", undefined, false),
  failed("offline", "timeout", undefined, true),
  failed("offline", "timeout", undefined, "late"),
  failed("server", "html", 504, "late"),
  failed("offline", "connectionRefused", undefined, false),
  failed("server", "refused", 500, false),
  failed("server", "refused", 500, true),
  failed("server", "html", 502, true),
  failed("invalid", "html", 200, true),
  failed("invalid", "notJson", 200, true),
  failed("server", "refused", 200, true),
  failed("server", "refused", 200, false),
  failed("rateLimit", "refused", 429, false),
  failed("forbidden", "refused", 403, false),
  { kind: "ignored" },
];

function failed(
  kind: FailureKind,
  reason: FailureReason,
  status: number | undefined,
  applied: Applied,
): Fault {
  return { kind: "failed", applied, failure: [kind, reason, status] };
}

/** One remote resource, with faults at every request. `Wire` is its stored form. */
export abstract class FaultyRemote<Wire, T, Patch> {
  record: Wire;
  /** The probability of a fault. */
  faults = 0;
  /** True while no request arrives. */
  down = false;
  readonly #dice: Dice;
  readonly #late: Promise<void>[] = [];

  constructor(record: Wire, dice: Dice) {
    this.record = record;
    this.#dice = dice;
  }

  abstract now(): T;

  /** Applies a patch to the record. Throws an ApiError for a patch that is refused. */
  protected abstract applied(patch: Patch, ignoredKeys: readonly string[]): Wire;

  /** Keys that may be ignored, although the answer is a 200. */
  protected abstract readonly ignorable: readonly [string, ...string[]];

  /** Another administrator, who reads, waits and writes whole arrays. */
  async foreign(change: (record: Wire) => Partial<Wire>): Promise<void> {
    const written = change(this.record);
    await this.#while();
    this.record = { ...this.record, ...written };
  }

  async read(): Promise<T> {
    const fault = this.#fault();
    await this.#while();
    const resource = this.now();
    await this.#while();
    if (fault.kind === "failed") {
      throw errorOf(fault);
    }
    return resource;
  }

  async update(patch: Patch): Promise<T> {
    const fault = this.#fault();
    await this.#while();
    if (fault.kind === "failed" && fault.applied === "late") {
      this.#late.push(this.#land(patch));
    } else if (fault.kind !== "failed" || fault.applied) {
      this.#apply(patch, fault);
    }
    const resource = this.now();
    await this.#while();
    if (fault.kind === "failed") {
      throw errorOf(fault);
    }
    return resource;
  }

  /** A gateway has given up, but the server behind it goes on. */
  async #land(patch: Patch): Promise<void> {
    for (let whiles = this.#dice.below(30); whiles > 0; whiles -= 1) {
      await this.#while();
    }
    try {
      this.#apply(patch, { kind: "none" });
    } catch {
      // It is refused, but nobody waits for the answer.
    }
  }

  /** Resolves when no write is under way any more. */
  async landed(): Promise<void> {
    await Promise.all(this.#late);
  }

  #apply(patch: Patch, fault: Fault): void {
    const ignoredKeys = fault.kind === "ignored" ? [this.#dice.pick(this.ignorable)] : [];
    this.record = this.applied(patch, ignoredKeys);
  }

  #fault(): Fault {
    if (this.down) {
      return failed("offline", "connectionRefused", undefined, false);
    }
    return this.#dice.chance(this.faults) ? this.#dice.pick(failures) : { kind: "none" };
  }

  /** Lets other work run for a random time. */
  async #while(): Promise<void> {
    for (let turns = this.#dice.below(4); turns > 0; turns -= 1) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}

function errorOf({ failure: [kind, reason, status] }: Fault & { kind: "failed" }): ApiError {
  return new ApiError(`${kind} ${reason}`, { kind, reason, status });
}
