import type { Emulation } from "../emulation.ts";
import type { Principal } from "../identity.ts";
import type { Answer } from "../wire/answers.ts";
import type { Tenant } from "../world/world.ts";

/** A request that found its endpoint and may use it. */
export interface Call {
  readonly emulation: Emulation;
  readonly principal: Principal;
  readonly query: Readonly<Record<string, string>>;
  /** Parsed JSON; `{}` where it couldn't be parsed, as the real framework has it. */
  readonly body: unknown;
  /** The decoded `:name` segments of the path. */
  readonly params: Readonly<Record<string, string>>;
}

export interface AccountCall extends Call {
  readonly tenant: Tenant;
}

export interface Route {
  readonly method: string;
  /** Below the API root; a segment that starts with a colon is a parameter. */
  readonly path: string;
  readonly needs: "identity" | "read" | "write";
  readonly handle: (call: Call) => Answer | Promise<Answer>;
}

export interface AccountRoute {
  readonly method: string;
  /** Below `/accounts/:account`. */
  readonly path: string;
  readonly needs: "read" | "write";
  readonly handle: (call: AccountCall) => Answer | Promise<Answer>;
}
