import * as z from "zod";
import {
  INVALID_API_TOKEN,
  mayList,
  mayUse,
  type Principal,
  refuse,
  type Token,
  tokenStatus,
} from "../identity.ts";
import type { Account } from "../state/accounts.ts";
import { type Answer, general } from "../wire/answers.ts";
import { check } from "../wire/validation.ts";
import type { Call, Route } from "./call.ts";

export const accountsRoutes: readonly Route[] = [
  { method: "GET", path: "/accounts", needs: "read", handle: listAccounts },
  { method: "GET", path: "/user/tokens/verify", needs: "identity", handle: verifyUserToken },
  {
    method: "GET",
    path: "/accounts/:account/tokens/verify",
    needs: "identity",
    handle: verifyAccountToken,
  },
];

const listQuery = z.object({
  page: z.coerce.number().int().min(1).default(1),
  per_page: z.coerce.number().int().min(5).max(50).default(20),
  name: z.string().optional(),
  direction: z.enum(["asc", "desc"]).default("asc"),
});

function listAccounts({ emulation, principal, query }: Call): Answer {
  const { page, per_page, name, direction } = check(listQuery, query, "query");
  const sign = direction === "asc" ? 1 : -1;
  const all = [...emulation.store.accounts.values()]
    .filter((account) => mayList(principal) && mayUse(principal, account.id))
    .filter((account) => name === undefined || account.name === name)
    .sort((a, b) => sign * a.name.localeCompare(b.name));
  const result = all.slice((page - 1) * per_page, page * per_page).map(accountView);
  const info = {
    page,
    per_page,
    total_pages: Math.ceil(all.length / per_page),
    count: result.length,
    total_count: all.length,
  };
  return general(result, { result_info: info });
}

function accountView({ id, name, createdOn }: Account) {
  return {
    id,
    name,
    type: "standard",
    settings: { enforce_twofactor: false, api_access_enabled: null },
    created_on: createdOn,
    managed_by: null,
  };
}

function verifyUserToken({ emulation, principal }: Call): Answer {
  return verify(principal, "user", emulation.clock.now());
}

function verifyAccountToken({ emulation, principal, params }: Call): Answer {
  if (!mayUse(principal, params["account"] ?? "")) {
    throw refuse(401, INVALID_API_TOKEN);
  }
  return verify(principal, "account", emulation.clock.now());
}

/** Only one of the two verifications knows a token. */
function verify(principal: Principal, owner: Token["owner"], now: number): Answer {
  if (principal.kind === "key" || principal.token.owner !== owner) {
    throw refuse(401, INVALID_API_TOKEN);
  }
  const { id, expires_on, not_before } = principal.token;
  const status = tokenStatus(principal.token, now);
  const message = `This API Token is valid and ${status}`;
  const messages = [{ code: 10000, message, type: null }];
  return general({ id, status, expires_on, not_before }, { messages });
}
