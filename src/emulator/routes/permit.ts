import { invalidToken, type Principal, refuse } from "../identity.ts";

export function mayList(principal: Principal): boolean {
  return principal.kind === "key" || principal.token.listsAccounts;
}

export function mayUse(principal: Principal, account: string): boolean {
  if (principal.kind === "key") {
    return true;
  }
  return principal.token.accounts?.includes(account) ?? true;
}

/** What a call to an account's resources takes: a token in force, the account, the permission. */
export function permit(principal: Principal, needs: "read" | "write", account?: string): void {
  if (principal.kind === "key") {
    return;
  }
  const { status, permission } = principal.token;
  if (status !== "active") {
    throw refuse(401, invalidToken);
  }
  if (account === undefined) {
    return;
  }
  if (!mayUse(principal, account)) {
    throw refuse(403, foreignAccount);
  }
  const allowed = permission === "write" || (permission === "read" && needs === "read");
  if (!allowed) {
    throw refuse(403, { code: 10000, message: "Authentication error" });
  }
}

const foreignAccount = { code: 9109, message: "Unauthorized to access requested resource" };
