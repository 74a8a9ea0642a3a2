import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import * as z from "zod";
import { tokenSchema } from "../identity.ts";
import { portalRecordSchema, serverRecordSchema } from "../world/records.ts";
import { lock } from "./lock.ts";

const stateSchema = z.object({
  version: z.literal(1),
  globalKey: z.object({ email: z.string(), key: z.string() }),
  tokens: z.array(tokenSchema),
  accounts: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      createdOn: z.string(),
      servers: z.array(serverRecordSchema),
      portals: z.array(portalRecordSchema),
    }),
  ),
});
export type SavedState = z.infer<typeof stateSchema>;

/** What there is to save, and a number that moves with every change of it. */
export interface Source {
  readonly version: () => number;
  readonly snapshot: () => unknown;
}

/** The file that an emulator's state lives in, for its owner's eyes only: it holds credentials. */
export class StateFile {
  readonly #path: string;
  readonly #release: () => Promise<void>;
  #source: Source | undefined;
  #savedVersion = -1;
  #writing: Promise<void> | undefined;

  private constructor(path: string, release: () => Promise<void>) {
    this.#path = path;
    this.#release = release;
  }

  /** Rejects where another emulator has the file. */
  static async open(path: string, waitMs: number): Promise<StateFile> {
    await mkdir(dirname(path), { recursive: true });
    return new StateFile(path, await lock(path, waitMs));
  }

  /** `undefined` where there is no file yet. Rejects where it isn't a state file. */
  async load(): Promise<SavedState | undefined> {
    let text: string;
    try {
      text = await readFile(this.#path, "utf8");
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") {
        return undefined;
      }
      throw error;
    }
    try {
      return stateSchema.parse(JSON.parse(text));
    } catch {
      throw new Error(`${this.#path} is not a state file of this emulator`);
    }
  }

  attach(source: Source): void {
    this.#source = source;
  }

  /** Resolves when everything that was changed before the call is in the file. */
  async saved(): Promise<void> {
    const wanted = this.#source?.version() ?? -1;
    while (this.#savedVersion < wanted) {
      this.#writing ??= this.#write().finally(() => {
        this.#writing = undefined;
      });
      await this.#writing;
    }
  }

  async close(): Promise<void> {
    await this.saved();
    await this.#release();
  }

  async #write(): Promise<void> {
    const source = this.#source;
    if (!source) {
      return;
    }
    const version = source.version();
    const next = `${this.#path}.next`;
    try {
      await writeFile(next, JSON.stringify(source.snapshot()), { mode: 0o600 });
      await rename(next, this.#path);
    } catch (error) {
      await rm(next, { force: true });
      throw error;
    }
    this.#savedVersion = version;
  }
}
