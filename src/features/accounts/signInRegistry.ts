import { randomUUID } from "node:crypto";
import { type FSWatcher, watch } from "node:fs";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as l10n from "@vscode/l10n";
import { isRecord, readJson } from "../../base/json.ts";
import type { AccountId } from "../../domain/account.ts";
import { fileNameOf, idOfFileName } from "../../engine/files/fileNames.ts";
import { systemCode, withStorageWords } from "../../engine/files/storageError.ts";

/** The facts about an account that all windows share. None of them is secret. */
export interface SignInRecord {
  /**
   * Grows with every sign-in and sign-out. A credential of an earlier generation is out of date.
   */
  readonly generation: number;
  readonly signedIn: boolean;
  /** True when this generation's credential turned out to be read-only. */
  readonly readOnly: boolean;
}

const ENDING = ".json";

/**
 * Keeps a file for each account in the extension's global storage. SecretStorage alone can't
 * propagate a sign-out: in browser VS Code each tab has its own copy of the secrets, isn't told of
 * changes by others, and writes its whole copy back.
 */
export class SignInRegistry {
  readonly #folder: string;
  #watcher: FSWatcher | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * Undefined for an account without a file, or with a damaged one. Rejects with a StorageError
   * where a valid file may exist but can't be read now.
   */
  async read(id: AccountId): Promise<SignInRecord | undefined> {
    const file = this.#file(id);
    const text = await withStorageWords(
      () => readFile(file, "utf8").catch(undefinedIfSpoiled),
      (reason) => l10n.t("The state of your sign-in couldn't be read from {0}: {1}.", file, reason),
    );
    return text === undefined ? undefined : parseRecord(text);
  }

  /** Rejects with a StorageError. */
  async write(id: AccountId, record: SignInRecord): Promise<void> {
    const file = this.#file(id);
    await withStorageWords(
      async () => {
        await mkdir(this.#folder, { recursive: true });
        // Renamed into place, so that readers see the old or the new file, never a part.
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
              "Your sign-in couldn't be stored in {0}: {1}. No window uses the credential without it.",
              file,
              reason,
            )
          : l10n.t(
              "Your sign-out couldn't be stored in {0}: {1}. The credential was removed from this machine, but other windows may still use theirs until they are reloaded.",
              file,
              reason,
            ),
    );
  }

  /** Reports every change, including this window's own. */
  async watch(changed: (id: AccountId) => void): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    this.#watcher = watch(this.#folder, { persistent: false }, (_, name) => {
      const id = name?.endsWith(ENDING) ? idOfFileName(name.slice(0, -ENDING.length)) : undefined;
      if (id !== undefined) {
        changed(id);
      }
    });
    // When the folder is removed, the next request notices, because it reads the file.
    this.#watcher.on("error", () => undefined);
  }

  dispose(): void {
    this.#watcher?.close();
  }

  #file(id: AccountId): string {
    return join(this.#folder, `${fileNameOf(id)}${ENDING}`);
  }
}

/** A folder in the file's place counts as damaged too. */
function undefinedIfSpoiled(error: unknown): undefined {
  const code = systemCode(error);
  if (code !== "ENOENT" && code !== "EISDIR" && code !== "ENOTDIR") {
    throw error;
  }
}

function parseRecord(text: string): SignInRecord | undefined {
  const value = readJson(text);
  return isSignInRecord(value) ? value : undefined;
}

function isSignInRecord(value: unknown): value is SignInRecord {
  return (
    isRecord(value) &&
    Number.isSafeInteger(value["generation"]) &&
    typeof value["signedIn"] === "boolean" &&
    typeof value["readOnly"] === "boolean"
  );
}
