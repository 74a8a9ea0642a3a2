import { randomUUID } from "node:crypto";
import { type FSWatcher, watch } from "node:fs";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as l10n from "@vscode/l10n";
import type * as vscode from "vscode";
import type { Account, AccountId, Credential } from "../../domain/account.ts";
import { fileNameOf, idOfFileName } from "../../engine/files/fileNames.ts";
import { systemCode, withStorageWords } from "../../engine/files/storageError.ts";

/** A sign-in that is good here and now. */
export interface SignedIn {
  readonly stored: StoredAccount;
  readonly readOnly: boolean;
}

/** What a look at secrets and registry shows of one account. */
export type CredentialLookup =
  | ({ readonly kind: "signedIn" } & SignedIn)
  | { readonly kind: "signedOut" }
  | { readonly kind: "broken" }
  /** Another window has a newer credential, which this one's copy of the secrets doesn't have. */
  | { readonly kind: "newerElsewhere" };

/** Keeps secrets and registry in step, over all windows. */
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
   * The secret goes first: whoever sees the new record finds the new secret. The registry is read
   * right before, because another window may have moved on. Rejects with a StorageError, and keeps no
   * secret, where the record can't be written.
   */
  async signIn(account: Account, apiRoot: string, credential: Credential): Promise<SignedIn> {
    const generation = await this.#nextGeneration(account.id);
    const stored = { account, apiRoot, credential, generation };
    await this.#secretsStore.save(stored);
    await this.#registry.write(account.id, { generation, signedIn: true, readOnly: false });
    return { stored, readOnly: false };
  }

  /** The record goes first: it is what stops the other windows. */
  async signOut(id: AccountId): Promise<void> {
    try {
      const generation = await this.#nextGeneration(id);
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

  /**
   * False once any window has signed the account out or in anew, and where no record says that it is
   * signed in: one that was deleted or spoiled may have said the opposite.
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
      // Nobody can tell any more whether it was signed out of.
      await this.#secretsStore.remove(id);
      return { kind: "broken" };
    }
    if (!isOutdated(stored, record)) {
      return { kind: "signedIn", stored, readOnly: readOnlyOf(stored, record) };
    }
    // Not removed: that would write this window's copy over the newer one.
    if (record.signedIn) {
      return { kind: "newerElsewhere" };
    }
    // This window's copy would come back with the next secret that it stores.
    await this.#secretsStore.remove(id);
    return { kind: "signedOut" };
  }

  /** By the time where there is no record: a generation whose record is lost never comes again. */
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

/** The account that a key of SecretStorage is of; undefined for a key that isn't one of these. */
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

  /**
   * Undefined for an account that this machine has no file of, or a spoiled one. Rejects with a
   * StorageError where there may be a good one that can't be read now.
   */
  async read(id: AccountId): Promise<SignInRecord | undefined> {
    const file = this.#file(id);
    const text = await withStorageWords(
      () => readFile(file, "utf8").catch(undefinedIfSpoiled),
      (reason) => l10n.t("Whether you are signed in couldn't be read from {0}: {1}.", file, reason),
    );
    return text === undefined ? undefined : parseRecord(text);
  }

  /** Rejects with a StorageError. */
  async write(id: AccountId, record: SignInRecord): Promise<void> {
    const file = this.#file(id);
    await withStorageWords(
      async () => {
        await mkdir(this.#folder, { recursive: true });
        // Whole or not at all, whoever reads meanwhile.
        const draft = `${file}.${randomUUID()}`;
        try {
          await writeFile(draft, JSON.stringify(record));
          await rename(draft, file);
        } catch (error) {
          await rm(draft, { force: true });
          throw error;
        }
      },
      (reason) =>
        record.signedIn
          ? l10n.t(
              "That you are signed in couldn't be kept in {0}: {1}. Without it no window uses the credential.",
              file,
              reason,
            )
          : l10n.t(
              "That you signed out couldn't be kept in {0}: {1}. The credential was removed from this machine, but other windows may still use theirs until they are reloaded.",
              file,
              reason,
            ),
    );
  }

  /** Tells of every change, also of one by this window. */
  async watch(changed: (id: AccountId) => void): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    this.#watcher = watch(this.#folder, { persistent: false }, (_, name) => {
      const id = name?.endsWith(ENDING) ? idOfFileName(name.slice(0, -ENDING.length)) : undefined;
      if (id !== undefined) {
        changed(id);
      }
    });
    // A folder that was taken away is noticed with the next request, which reads the file.
    this.#watcher.on("error", () => undefined);
  }

  dispose(): void {
    this.#watcher?.close();
  }

  #file(id: AccountId): string {
    return join(this.#folder, `${fileNameOf(id)}${ENDING}`);
  }
}

/** A folder in its place is no record either. */
function undefinedIfSpoiled(error: unknown): undefined {
  const code = systemCode(error);
  if (code !== "ENOENT" && code !== "EISDIR" && code !== "ENOTDIR") {
    throw error;
  }
}

function parseRecord(text: string): SignInRecord | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isSignInRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isSignInRecord(value: unknown): value is SignInRecord {
  return (
    isRecord(value) &&
    Number.isSafeInteger(value["generation"]) &&
    typeof value["signedIn"] === "boolean" &&
    typeof value["readOnly"] === "boolean"
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
