import { parseServer } from "../../../../src/cloudflare/servers.ts";
import { problemsOf } from "../../../../src/cloudflare/transport/envelope.ts";
import { ApiError, type FailureKind, type FailureReason } from "../../../../src/domain/apiError.ts";
import type { CloudflareClient } from "../../../../src/domain/cloudflareClient.ts";
import type { Server, ServerPatch } from "../../../../src/domain/servers/server.ts";
import type { ServerRecord } from "../../../../src/emulator/state/records.ts";
import { serverView, updateServer } from "../../../../src/emulator/state/servers.ts";
import { DEFAULT_BEHAVIOURS } from "../../../../src/emulator/switches/schemas.ts";
import { Refusal } from "../../../../src/emulator/wire/answers.ts";
import { applyBodySwitches, updateServerBody } from "../../../../src/emulator/wire/bodies.ts";
import { check } from "../../../../src/emulator/wire/validation.ts";
import type { Dice } from "./dice.ts";

/** Whether a write takes effect all the same: at once, or when nobody waits for it any more. */
type Applied = boolean | "late";

/** What happens to a request. */
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

/** One server at Cloudflare, by the emulator's own rules but without a socket. */
export class Cloudflare {
  record: ServerRecord;
  /** The probability that something happens to a request. */
  faults = 0;
  /** Nothing gets through. */
  down = false;
  readonly #dice: Dice;
  readonly #late: Promise<void>[] = [];

  constructor(record: ServerRecord, dice: Dice) {
    this.record = record;
    this.#dice = dice;
  }

  now(): Server {
    return parseServer(JSON.parse(JSON.stringify(serverView(this.record, DEFAULT_BEHAVIOURS))));
  }

  /** Somebody who reads, takes their time and writes whole arrays. */
  async foreign(change: (record: ServerRecord) => Partial<ServerRecord>): Promise<void> {
    const written = change(this.record);
    await this.#while();
    this.record = { ...this.record, ...written };
  }

  client(): CloudflareClient {
    const unused = () => Promise.reject(new Error("not asked for here"));
    return {
      listServers: async () => ({ items: [await this.#read()], rejected: [] }),
      readServer: () => this.#read(),
      updateServer: (_id, patch) => this.#update(patch),
      createServer: unused,
      deleteServer: unused,
      syncServer: unused,
      listPortals: unused,
      readPortal: unused,
    };
  }

  async #read(): Promise<Server> {
    const fault = this.#fault();
    await this.#while();
    const server = this.now();
    await this.#while();
    if (fault.kind === "failed") {
      throw errorOf(fault);
    }
    return server;
  }

  async #update(patch: ServerPatch): Promise<Server> {
    const fault = this.#fault();
    await this.#while();
    if (fault.kind === "failed" && fault.applied === "late") {
      this.#late.push(this.#land(patch));
    } else if (fault.kind !== "failed" || fault.applied) {
      this.#apply(patch, fault);
    }
    const server = this.now();
    await this.#while();
    if (fault.kind === "failed") {
      throw errorOf(fault);
    }
    return server;
  }

  /** A gateway has given up, and what is behind it hasn't. */
  async #land(patch: ServerPatch): Promise<void> {
    for (let whiles = this.#dice.below(30); whiles > 0; whiles -= 1) {
      await this.#while();
    }
    try {
      this.#apply(patch, { kind: "none" });
    } catch {
      // Refused, and nobody is there to hear it.
    }
  }

  /** Resolves when nothing is on its way any more. */
  async landed(): Promise<void> {
    await Promise.all(this.#late);
  }

  #apply(patch: ServerPatch, fault: Fault): void {
    const ignoreFields = fault.kind === "ignored" ? [this.#ignored()] : [];
    const behaviours = { ...DEFAULT_BEHAVIOURS, ignoreFields };
    const sent: unknown = JSON.parse(JSON.stringify(patch));
    try {
      const body = check(updateServerBody, applyBodySwitches(sent, behaviours), "body");
      const author = { by: "window", at: "2026-10-10T10:00:00Z" };
      this.record = updateServer(this.record, body, behaviours, author);
    } catch (error) {
      throw error instanceof Refusal ? refusal(error) : error;
    }
  }

  #ignored(): string {
    return this.#dice.pick(["updated_tools", "updated_tools.alias", "updated_prompts", "name"]);
  }

  #fault(): Fault {
    if (this.down) {
      return failed("offline", "connectionRefused", undefined, false);
    }
    return this.#dice.chance(this.faults) ? this.#dice.pick(failures) : { kind: "none" };
  }

  /** Lets others go on for a random while. */
  async #while(): Promise<void> {
    for (let turns = this.#dice.below(4); turns > 0; turns -= 1) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}

function errorOf({ failure: [kind, reason, status] }: Fault & { kind: "failed" }): ApiError {
  return new ApiError(`${kind} ${reason}`, { kind, reason, status });
}

function refusal({ answer }: Refusal): ApiError {
  const body: { readonly errors?: unknown } = JSON.parse(String(answer.body));
  return new ApiError("refused", {
    kind: "invalid",
    reason: "refused",
    status: answer.status,
    problems: problemsOf(body.errors),
  });
}
