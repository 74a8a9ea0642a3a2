import type { Account, AccountId, Credential } from "../model/account.ts";

/** One account that was signed in to, as it is kept. */
export interface StoredAccount {
  readonly account: Account;
  /** The API root that the credential was given for; it isn't sent to another one. */
  readonly apiRoot: string;
  readonly credential: Credential;
}

/** The part of SecretStorage that the vault needs. */
export interface Secrets {
  keys(): Thenable<string[]>;
  get(key: string): Thenable<string | undefined>;
  store(key: string, value: string): Thenable<void>;
  delete(key: string): Thenable<void>;
}

const PREFIX = "mcpPortals.account.";

/** Credentials: one key an account, parsed and checked when read. */
export class Vault {
  readonly #secrets: Secrets;

  constructor(secrets: Secrets) {
    this.#secrets = secrets;
  }

  /** A broken entry is removed and counted, so that it is told once and not again. */
  async load(): Promise<{ readonly accounts: readonly StoredAccount[]; readonly broken: number }> {
    const keys = (await this.#secrets.keys()).filter((key) => key.startsWith(PREFIX)).sort();
    const entries = await Promise.all(
      keys.map(async (key) => ({ key, stored: parse(await this.#secrets.get(key)) })),
    );
    const broken = entries.filter(({ stored }) => stored === undefined);
    await Promise.all(broken.map(({ key }) => this.#secrets.delete(key)));
    return { accounts: entries.flatMap(({ stored }) => stored ?? []), broken: broken.length };
  }

  async save(stored: StoredAccount): Promise<void> {
    await this.#secrets.store(PREFIX + stored.account.id, JSON.stringify(stored));
  }

  async remove(id: AccountId): Promise<void> {
    await this.#secrets.delete(PREFIX + id);
  }
}

function parse(text: string | undefined): StoredAccount | undefined {
  try {
    const value: unknown = JSON.parse(text ?? "");
    return isStored(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isStored(value: unknown): value is StoredAccount {
  return (
    isRecord(value) &&
    typeof value["apiRoot"] === "string" &&
    isRecord(value["account"]) &&
    typeof value["account"]["id"] === "string" &&
    typeof value["account"]["name"] === "string" &&
    isCredential(value["credential"])
  );
}

function isCredential(value: unknown): value is Credential {
  if (!isRecord(value)) return false;
  if (value["kind"] === "token") return typeof value["token"] === "string";
  return (
    value["kind"] === "key" &&
    typeof value["email"] === "string" &&
    typeof value["key"] === "string"
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
