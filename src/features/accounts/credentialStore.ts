import type * as vscode from "vscode";
import { isRecord, readJson } from "../../base/json.ts";
import type { Account, AccountId, Credential } from "../../domain/account.ts";
import type { SignInRecord, SignInRegistry } from "./signInRegistry.ts";

/** A sign-in whose credential is current. */
export interface SignedIn {
  readonly stored: StoredAccount;
  readonly readOnly: boolean;
}

/** What secrets and registry tell of one account. */
export type CredentialLookup =
  | ({ readonly kind: "signedIn" } & SignedIn)
  | { readonly kind: "signedOut" }
  | { readonly kind: "broken" }
  /**
   * Another window stored a newer credential, which this window's copy of the secrets doesn't have.
   */
  | { readonly kind: "newerElsewhere" };

/** Keeps secrets and registry consistent across all windows. */
export class CredentialStore {
  readonly #secretsStore: SecretsStore;
  readonly #registry: SignInRegistry;

  constructor(secretsStore: SecretsStore, registry: SignInRegistry) {
    this.#secretsStore = secretsStore;
    this.#registry = registry;
  }

  ids(): Promise<readonly AccountId[]> {
    return this.#secretsStore.ids();
  }

  /**
   * Writes the secret before the record, so that a window that sees the record finds the secret.
   * Reads the registry right before, because another window may have written it. Rejects with a
   * StorageError, and stores no secret, where the record can't be written.
   */
  async signIn(account: Account, apiRoot: string, credential: Credential): Promise<SignedIn> {
    const generation = await this.#nextGeneration(account.id);
    const stored = { account, apiRoot, credential, generation };
    await this.#secretsStore.save(stored);
    await this.#registry.write(account.id, { generation, signedIn: true, readOnly: false });
    return { stored, readOnly: false };
  }

  /** Writes the record first, because the record stops the other windows. */
  async signOut(id: AccountId): Promise<void> {
    try {
      const generation = await this.#nextGeneration(id);
      await this.#registry.write(id, { generation, signedIn: false, readOnly: false });
    } finally {
      await this.#secretsStore.remove(id);
    }
  }

  /** Removes the credential from this machine without telling other windows. */
  forget(id: AccountId): Promise<void> {
    return this.#secretsStore.remove(id);
  }

  /** Stored until the credential changes. */
  async keepReadOnly(id: AccountId, generation: number): Promise<void> {
    if (!(await this.isCurrent(id, generation))) {
      return;
    }
    await this.#registry.write(id, { generation, signedIn: true, readOnly: true });
  }

  /**
   * False once any window has signed the account out or in again. Also false where no record says
   * that it is signed in, because a record that was deleted or damaged may have said the opposite.
   */
  async isCurrent(id: AccountId, generation: number): Promise<boolean> {
    const record = await this.#registry.read(id).catch(() => undefined);
    return record?.signedIn === true && record.generation <= generation;
  }

  async find(id: AccountId): Promise<CredentialLookup> {
    const stored = await this.#secretsStore.read(id);
    if (stored === "broken") {
      return { kind: "broken" };
    }
    const record = await this.#registry.read(id);
    if (stored === undefined) {
      return { kind: "signedOut" };
    }
    if (record === undefined) {
      // Without the record nobody can tell whether the account was signed out.
      await this.#secretsStore.remove(id);
      return { kind: "broken" };
    }
    if (!isOutdated(stored, record)) {
      return { kind: "signedIn", stored, readOnly: readOnlyOf(stored, record) };
    }
    // Not removed, because that would write this window's copy over the newer one.
    if (record.signedIn) {
      return { kind: "newerElsewhere" };
    }
    // Removed, because this window's copy would return with the next secret that it stores.
    await this.#secretsStore.remove(id);
    return { kind: "signedOut" };
  }

  /**
   * Uses the time where there is no record, so that the generation of a lost record never returns.
   */
  async #nextGeneration(id: AccountId): Promise<number> {
    const record = await this.#registry.read(id).catch(() => undefined);
    return record === undefined ? Date.now() : record.generation + 1;
  }
}

function isOutdated({ generation }: StoredAccount, record: SignInRecord): boolean {
  return record.signedIn ? generation < record.generation : generation <= record.generation;
}

function readOnlyOf({ generation }: StoredAccount, record: SignInRecord): boolean {
  return record.generation === generation && record.readOnly;
}

/** One signed-in account, as stored. */
export interface StoredAccount {
  readonly account: Account;
  /** The API root that the credential was given for. It isn't sent to another one. */
  readonly apiRoot: string;
  readonly credential: Credential;
  /** The number of the sign-in; see SignInRecord. */
  readonly generation: number;
}

/** The part of VS Code's SecretStorage that is used. */
export interface Secrets {
  keys(): Thenable<string[]>;
  get(key: string): Thenable<string | undefined>;
  store(key: string, value: string): Thenable<void>;
  delete(key: string): Thenable<void>;
}

const PREFIX = "mcpPortals.account.";

/** The account of a key in SecretStorage; undefined for another key. */
function accountOfKey(key: string): AccountId | undefined {
  return key.startsWith(PREFIX) ? key.slice(PREFIX.length) : undefined;
}

/** Stores credentials under one key for each account, and checks them when it reads them. */
export class SecretsStore {
  readonly #secrets: Secrets;

  constructor(secrets: Secrets) {
    this.#secrets = secrets;
  }

  /** All accounts with an entry, readable or not. */
  async ids(): Promise<readonly AccountId[]> {
    return (await this.#secrets.keys()).sort().flatMap((key) => accountOfKey(key) ?? []);
  }

  /** Removes a broken entry, so that it is reported once and not by every window. */
  async read(id: AccountId): Promise<StoredAccount | "broken" | undefined> {
    const text = await this.#secrets.get(PREFIX + id);
    if (text === undefined) {
      return undefined;
    }
    const stored = parse(text);
    if (stored?.account.id === id) {
      return stored;
    }
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
  const value = readJson(text);
  return isStored(value) ? value : undefined;
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
  if (!isRecord(value)) {
    return false;
  }
  if (value["kind"] === "token") {
    return typeof value["token"] === "string";
  }
  return (
    value["kind"] === "key" &&
    typeof value["email"] === "string" &&
    typeof value["key"] === "string"
  );
}

/**
 * Reports accounts that another window may have signed in to or out of. In desktop VS Code the
 * event of the secret storage does that. In the browser that event stays within its tab, so the
 * registry is watched too.
 */
export function watchOtherWindows(
  secrets: vscode.SecretStorage,
  registry: SignInRegistry,
  changed: (id: AccountId) => unknown,
): vscode.Disposable {
  // Without the watcher changes are only noticed later, because each request reads the registry.
  registry.watch(changed).catch(() => undefined);
  const subscription = secrets.onDidChange(({ key }) => {
    const id = accountOfKey(key);
    if (id !== undefined) {
      changed(id);
    }
  });
  return {
    dispose: () => {
      subscription.dispose();
      registry.dispose();
    },
  };
}
