import type { Emulation } from "../emulation.ts";
import type { Permission, Principal } from "../identity.ts";
import type { Account } from "../state/accounts.ts";
import type { Author } from "../state/servers.ts";
import type { Behaviours } from "../switches/schemas.ts";
import { type Answer, invalid, plainError, Refusal } from "../wire/answers.ts";
import { isRecord } from "../wire/json.ts";

/** A request with its endpoint and permission checked. */
export interface Call {
  readonly emulation: Emulation;
  readonly principal: Principal;
  readonly query: Readonly<Record<string, string>>;
  /** Parsed JSON; `{}` where it isn't JSON, as in the real framework. */
  readonly body: unknown;
  /** The decoded `:name` segments of the path. */
  readonly params: Readonly<Record<string, string>>;
}

export interface AccountCall extends Call {
  readonly account: Account;
}

export interface Route {
  readonly method: string;
  /** Relative to the API root. A segment that starts with a colon is a parameter. */
  readonly path: string;
  readonly needs: "identity" | Permission;
  readonly handle: (call: Call) => Answer | Promise<Answer>;
}

export interface AccountRoute {
  readonly method: string;
  /** Relative to `/accounts/:account`. */
  readonly path: string;
  readonly needs: Permission;
  readonly handle: (call: AccountCall) => Answer | Promise<Answer>;
}

/** The user whom a token belongs to. */
export const ADMIN_EMAIL = "admin@harborlane.example";

/** The author and time that a write is recorded with. */
export function authorOf({ emulation, principal }: AccountCall): Author {
  const by = principal.kind === "key" ? principal.email : ADMIN_EMAIL;
  return { by, at: emulation.clock.iso() };
}

/** The real answer to an existing id is unknown. The framework could give each of these. */
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
 * True when nothing of a body can be written. False where a switch removed a part of it, because
 * that write is silently lost instead.
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

/** The error of an UPDATE without columns. Seen on the real API with a PUT of only `hostname`. */
export function emptyUpdate(): Refusal {
  const message = 'D1_ERROR: near "WHERE": syntax error at offset 19: SQLITE_ERROR';
  return new Refusal(plainError(500, { code: 7000, message }));
}
