import { randomUUID } from "node:crypto";
import { type FSWatcher, watch } from "node:fs";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type * as vscode from "vscode";
import type { Account, AccountId, Credential } from "../../domain/account.ts";

/** A sign-in that is good here and now. */
export interface SignedIn {
  readonly stored: StoredAccount;
  readonly readOnly: boolean;
}

/** What a look at vault and register shows of one account. */
export type CredentialLookup =
  | ({ readonly kind: "signedIn" } & SignedIn)
  | { readonly kind: "signedOut" }
  | { readonly kind: "broken" }
  /** Another window has a newer credential, which this one's copy of the secrets doesn't have. */
  | { readonly kind: "newerElsewhere" };

/** Keeps vault and register in step, over all windows. */
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
   * The secret goes first: whoever sees the new mark finds the new secret. The register is read
   * right before, because another window may have moved on.
   */
  async signIn(account: Account, apiRoot: string, credential: Credential): Promise<SignedIn> {
    const generation = ((await this.#registry.read(account.id))?.generation ?? 0) + 1;
    const stored = { account, apiRoot, credential, generation };
    await this.#secretsStore.save(stored);
    await this.#registry.write(account.id, { generation, signedIn: true, readOnly: false });
    return { stored, readOnly: false };
  }

  /** The mark goes first: it is what stops the other windows. */
  async signOut(id: AccountId): Promise<void> {
    try {
      const generation = ((await this.#registry.read(id))?.generation ?? 0) + 1;
      await this.#registry.write(id, { generation, signedIn: false, readOnly: false });
    } finally {
      await this.#secretsStore.remove(id);
    }
  }

  /** Removes this machine's credential, and tells no other window. */
  forget(id: AccountId): Promise<void> {
    return this.#secretsStore.remove(id);
  }

  /** Kept until the credential changes. */
  async keepReadOnly(id: AccountId, generation: number): Promise<void> {
    if (!(await this.isCurrent(id, generation))) {
      return;
    }
    await this.#registry.write(id, { generation, signedIn: true, readOnly: true });
  }

  /** False once any window has signed the account out or in anew. */
  async isCurrent(id: AccountId, generation: number): Promise<boolean> {
    const mark = await this.#registry.read(id);
    return mark === undefined || (mark.signedIn && mark.generation <= generation);
  }

  async find(id: AccountId): Promise<CredentialLookup> {
    const stored = await this.#secretsStore.read(id);
    if (stored === "broken") {
      return { kind: "broken" };
    }
    const mark = await this.#registry.read(id);
    if (mark?.signedIn === false && stored !== undefined && isOutdated(stored, mark)) {
      // This window's copy would come back with the next secret that it stores.
      await this.#secretsStore.remove(id);
      return { kind: "signedOut" };
    }
    if (stored === undefined) {
      return { kind: "signedOut" };
    }
    // Not removed: that would write this window's copy over the newer one.
    if (mark !== undefined && isOutdated(stored, mark)) {
      return { kind: "newerElsewhere" };
    }
    return { kind: "signedIn", stored, readOnly: readOnlyOf(stored, mark) };
  }
}

function isOutdated({ generation }: StoredAccount, mark: SignInRecord): boolean {
  return mark.signedIn ? generation < mark.generation : generation <= mark.generation;
}

function readOnlyOf({ generation }: StoredAccount, mark: SignInRecord | undefined): boolean {
  return mark?.generation === generation && mark.readOnly;
}

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
function accountOfKey(key: string): AccountId | undefined {
  return key.startsWith(PREFIX) ? key.slice(PREFIX.length) : undefined;
}

/** Credentials: one key an account, parsed and checked when read. */
export class SecretsStore {
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

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

/** What all windows know of an account. There is nothing secret in it. */
interface SignInRecord {
  /** Grows with every sign-in and sign-out. A credential of an earlier generation is out of date. */
  readonly generation: number;
  readonly signedIn: boolean;
  /** Learned of this generation's credential. */
  readonly readOnly: boolean;
}

const ENDING = ".json";

/**
 * A file an account in the extension's global storage. SecretStorage can't carry a sign-out by
 * itself: in browser VS Code each tab keeps its own copy of the secrets, hears of none of the
 * others' changes, and writes the whole copy back.
 */
export class SignInRegistry {
  readonly #folder: string;
  #watcher: FSWatcher | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Undefined for an account that this machine has no file of, or a broken one. */
  async read(id: AccountId): Promise<SignInRecord | undefined> {
    try {
      const value: unknown = JSON.parse(await readFile(this.#file(id), "utf8"));
      return isMark(value) ? value : undefined;
    } catch {
      return undefined;
    }
  }

  async write(id: AccountId, mark: SignInRecord): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    // Whole or not at all, whoever reads meanwhile.
    const temporary = `${this.#file(id)}.${randomUUID()}`;
    await writeFile(temporary, JSON.stringify(mark));
    await rename(temporary, this.#file(id));
  }

  /** Tells of every change, also of one by this window. */
  async watch(changed: (id: AccountId) => void): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    this.#watcher = watch(this.#folder, { persistent: false }, (_, name) => {
      if (name?.endsWith(ENDING)) {
        changed(decodeURIComponent(name.slice(0, -ENDING.length)));
      }
    });
    // A folder that was taken away is noticed with the next request, which reads the file.
    this.#watcher.on("error", () => undefined);
  }

  dispose(): void {
    this.#watcher?.close();
  }

  #file(id: AccountId): string {
    return join(this.#folder, `${encodeURIComponent(id)}${ENDING}`);
  }
}

function isMark(value: unknown): value is SignInRecord {
  return (
    typeof value === "object" &&
    value !== null &&
    "generation" in value &&
    Number.isSafeInteger(value.generation) &&
    "signedIn" in value &&
    typeof value.signedIn === "boolean" &&
    "readOnly" in value &&
    typeof value.readOnly === "boolean"
  );
}

/**
 * Tells of accounts that another window may have signed in to or out of. The secret storage's own
 * event serves desktop VS Code; in the browser it stays within its tab, and the registry serves.
 */
export function watchOtherWindows(
  secrets: vscode.SecretStorage,
  registry: SignInRegistry,
  changed: (id: AccountId) => unknown,
): vscode.Disposable {
  // Without it nothing is lost but time: each request reads the registry anyway.
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
