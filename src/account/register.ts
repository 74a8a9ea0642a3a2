import { randomUUID } from "node:crypto";
import { type FSWatcher, watch } from "node:fs";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { AccountId } from "../model/client/account.ts";

/** What all windows know of an account. There is nothing secret in it. */
export interface Mark {
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
export class Register {
  readonly #folder: string;
  #watcher: FSWatcher | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Undefined for an account that this machine has no file of, or a broken one. */
  async read(id: AccountId): Promise<Mark | undefined> {
    try {
      const value: unknown = JSON.parse(await readFile(this.#file(id), "utf8"));
      return isMark(value) ? value : undefined;
    } catch {
      return undefined;
    }
  }

  async write(id: AccountId, mark: Mark): Promise<void> {
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
      if (name?.endsWith(ENDING)) changed(decodeURIComponent(name.slice(0, -ENDING.length)));
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

function isMark(value: unknown): value is Mark {
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
