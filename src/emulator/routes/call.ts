import type { Emulation } from "../emulation.ts";
import type { Permission, Principal } from "../identity.ts";
import type { Account } from "../state/accounts.ts";
import type { Author } from "../state/servers.ts";
import type { Behaviours } from "../switches/schemas.ts";
import { type Answer, invalid, plainError, Refusal } from "../wire/answers.ts";
import { isRecord } from "../wire/json.ts";

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
  readonly account: Account;
}

export interface Route {
  readonly method: string;
  /** Below the API root; a segment that starts with a colon is a parameter. */
  readonly path: string;
  readonly needs: "identity" | Permission;
  readonly handle: (call: Call) => Answer | Promise<Answer>;
}

export interface AccountRoute {
  readonly method: string;
  /** Below `/accounts/:account`. */
  readonly path: string;
  readonly needs: Permission;
  readonly handle: (call: AccountCall) => Answer | Promise<Answer>;
}

/** The user that a token stands for. */
export const ADMIN_EMAIL = "admin@harborlane.example";

/** Who is recorded as the author of a write, and when. */
export function authorOf({ emulation, principal }: AccountCall): Author {
  const by = principal.kind === "key" ? principal.email : ADMIN_EMAIL;
  return { by, at: emulation.clock.iso() };
}

/** The real answer to an id that exists is unknown. The framework could give each of these. */
export function duplicate(behaviours: Behaviours, noun: "server" | "portal"): Refusal {
  switch (behaviours.duplicateId) {
    case "409":
      return new Refusal(plainError(409, { code: 7006, message: "Conflict" }));
    case "500": {
      const message = `D1_ERROR: UNIQUE constraint failed: ${noun}s.id: SQLITE_CONSTRAINT`;
      return new Refusal(plainError(500, { code: 7000, message }));
    }
    default:
      return invalid(`A ${noun} with this id already exists`, ["body", "id"]);
  }
}

/**
 * Whether nothing is left of a body that could be written. Where a switch has taken out something of
 * it, the write isn't empty but silently lost.
 */
export function isEmptyUpdate(
  left: object,
  sent: unknown,
  { ignoreFields }: Pick<Behaviours, "ignoreFields">,
): boolean {
  if (Object.values(left).some((value) => value !== undefined)) {
    return false;
  }
  return !isRecord(sent) || !ignoreFields.some((key) => Object.hasOwn(sent, key));
}

/** What an UPDATE without a column answers; seen live with a PUT of nothing but `hostname`. */
export function emptyUpdate(): Refusal {
  const message = 'D1_ERROR: near "WHERE": syntax error at offset 19: SQLITE_ERROR';
  return new Refusal(plainError(500, { code: 7000, message }));
}
