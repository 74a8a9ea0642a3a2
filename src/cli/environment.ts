import * as l10n from "@vscode/l10n";
import type { AccountId, Credential } from "../domain/account.ts";
import { CommandError } from "./failures.ts";

/** The variables of the process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Throws a CommandError where there is none. A token counts before a key. */
export function credentialIn(environment: Environment): Credential {
  const {
    CLOUDFLARE_API_TOKEN: token,
    CLOUDFLARE_EMAIL: email,
    CLOUDFLARE_API_KEY: key,
  } = environment;
  if (token) {
    return { kind: "token", token };
  }
  if (email && key) {
    return { kind: "key", email, key };
  }
  throw new CommandError(
    2,
    l10n.t(
      "There is no credential: set {0}, or {1} and {2}.",
      "CLOUDFLARE_API_TOKEN",
      "CLOUDFLARE_EMAIL",
      "CLOUDFLARE_API_KEY",
    ),
  );
}

/** Every secret of the environment that belongs to Cloudflare, to be kept out of all output. */
export function secretsIn(environment: Environment): readonly string[] {
  return [environment["CLOUDFLARE_API_TOKEN"], environment["CLOUDFLARE_API_KEY"]].filter(
    (secret) => secret !== undefined,
  );
}

/** @param option the value of `--account`. Throws a CommandError where no account is named. */
export function accountIn(environment: Environment, option: string | undefined): AccountId {
  const id = option ?? environment["CLOUDFLARE_ACCOUNT_ID"];
  if (!id) {
    throw new CommandError(
      2,
      l10n.t("No account is named: set {0}, or pass {1}.", "CLOUDFLARE_ACCOUNT_ID", "--account"),
    );
  }
  if (!/^[\da-f]{32}$/u.test(id)) {
    throw new CommandError(2, l10n.t("An account id is 32 hex digits; this isn't: {0}", id));
  }
  return id;
}
