import type { Account, AccountId, Credential } from "../model/client/account.ts";

/** One account that was signed in to, as it is kept. */
export interface StoredAccount {
  readonly account: Account;
  /** The API root that the credential was given for; it isn't sent to another one. */
  readonly apiRoot: string;
  readonly credential: Credential;
  /** Which sign-in it is from; see the register. */
  readonly generation: number;
}

/** The part of SecretStorage that the vault needs. */
export interface Secrets {
  keys(): Thenable<string[]>;
  get(key: string): Thenable<string | undefined>;
  store(key: string, value: string): Thenable<void>;
  delete(key: string): Thenable<void>;
}

const PREFIX = "mcpPortals.account.";

/** The account that a key of SecretStorage is of; undefined for a key that isn't the vault's. */
export function accountOfKey(key: string): AccountId | undefined {
  return key.startsWith(PREFIX) ? key.slice(PREFIX.length) : undefined;
}

/** Credentials: one key an account, parsed and checked when read. */
export class Vault {
  readonly #secrets: Secrets;

  constructor(secrets: Secrets) {
    this.#secrets = secrets;
  }

  /** Whom there is an entry of, readable or not. */
  async ids(): Promise<readonly AccountId[]> {
    return (await this.#secrets.keys()).sort().flatMap((key) => accountOfKey(key) ?? []);
  }

  /** A broken entry is removed, so that it is told once and not with every window. */
  async read(id: AccountId): Promise<StoredAccount | "broken" | undefined> {
    const text = await this.#secrets.get(PREFIX + id);
    if (text === undefined) return undefined;
    const stored = parse(text);
    if (stored?.account.id === id) return stored;
    await this.remove(id);
    return "broken";
  }

  async save(stored: StoredAccount): Promise<void> {
    await this.#secrets.store(PREFIX + stored.account.id, JSON.stringify(stored));
  }

  async remove(id: AccountId): Promise<void> {
    await this.#secrets.delete(PREFIX + id);
  }
}

function parse(text: string): StoredAccount | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isStored(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isStored(value: unknown): value is StoredAccount {
  return (
    isRecord(value) &&
    typeof value["apiRoot"] === "string" &&
    Number.isSafeInteger(value["generation"]) &&
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
