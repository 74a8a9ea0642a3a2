import { randomUUID } from "node:crypto";
import {
  type FileHandle,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
} from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import * as l10n from "@vscode/l10n";
import {
  type Codec,
  readSnapshotHead,
  type Snapshot,
  snapshotLines,
} from "../../domain/resources/snapshot.ts";
import type { SnapshotCache } from "../ports.ts";
import { withStorageWords } from "./storageError.ts";

/**
 * Characters or bytes that take a few milliseconds to process. Other work runs between two pieces.
 */
const PIECE = 512 * 1024;

/** No write takes this long, so the window that began the draft was killed. */
const ABANDONED_MS = 60 * 60_000;

const LINE_FEED = 10;

/** A snapshot as a file that all windows write. A reader never sees it half written. */
export class FileSnapshotCache<T> implements SnapshotCache<T> {
  readonly #file: string;
  readonly #codec: Codec<T>;
  /** The newest snapshot that isn't written yet. Older ones needn't be written. */
  #next: Snapshot<T> | undefined;
  #writing: Promise<void> | undefined;
  #ended = false;
  #tidied = false;

  constructor(file: string, codec: Codec<T>) {
    this.#file = file;
    this.#codec = codec;
  }

  async read(): Promise<Snapshot<T> | undefined> {
    const bytes = await readFile(this.#file).catch(() => Buffer.alloc(0));
    const lines = linesOf(bytes);
    const head = readSnapshotHead(this.#codec, lines.next().value ?? "");
    if (head === undefined) {
      return undefined;
    }
    const items: T[] = [];
    let read = 0;
    for (const line of lines) {
      const item = this.#codec.decode(line);
      if (item === undefined) {
        return undefined;
      }
      items.push(item);
      read += line.length;
      if (read < PIECE) {
        continue;
      }
      read = 0;
      await nextTurn();
    }
    return items.length === head.count ? { at: head.at, items } : undefined;
  }

  /** Rejects with a StorageError when the file can't be written. */
  write(snapshot: Snapshot<T>): Promise<void> {
    this.#next = snapshot;
    this.#writing ??= this.#writeAll().finally(() => {
      this.#writing = undefined;
    });
    return this.#writing;
  }

  /** Resolves when no more writes can follow, so that the file can be removed for good. */
  async end(): Promise<void> {
    this.#ended = true;
    await this.#writing?.catch(() => undefined);
  }

  async #writeAll(): Promise<void> {
    while (this.#next !== undefined && !this.#ended) {
      const snapshot = this.#next;
      this.#next = undefined;
      await withStorageWords(
        () => this.#replace(snapshot),
        (reason) =>
          l10n.t(
            "The latest data from Cloudflare couldn't be stored in {0}: {1}. A new window shows nothing until Cloudflare has answered.",
            this.#file,
            reason,
          ),
      );
    }
  }

  async #replace(snapshot: Snapshot<T>): Promise<void> {
    await mkdir(dirname(this.#file), { recursive: true });
    await this.#tidy();
    const draft = `${this.#file}.${randomUUID()}`;
    const handle = await open(draft, "wx", 0o600);
    try {
      await writeLines(handle, snapshotLines(this.#codec, snapshot)).finally(() => handle.close());
      await rename(draft, this.#file);
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
  }

  /** Runs once. A file that can't be removed stays and does no harm. */
  async #tidy(): Promise<void> {
    if (this.#tidied) {
      return;
    }
    this.#tidied = true;
    const folder = dirname(this.#file);
    const names = await readdir(folder).catch(() => []);
    const drafts = names.filter((name) => name.startsWith(`${basename(this.#file)}.`));
    await Promise.allSettled(drafts.map((name) => removeAbandoned(join(folder, name))));
  }
}

async function removeAbandoned(draft: string): Promise<void> {
  const { mtimeMs } = await stat(draft);
  if (Date.now() - mtimeMs > ABANDONED_MS) {
    await rm(draft, { force: true });
  }
}

async function writeLines(handle: FileHandle, lines: Iterable<string>): Promise<void> {
  let piece = "";
  for (const line of lines) {
    piece += `${line}\n`;
    if (piece.length < PIECE) {
      continue;
    }
    await handle.writeFile(piece);
    piece = "";
  }
  await handle.writeFile(piece);
}

function* linesOf(bytes: Buffer): Generator<string, undefined> {
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(LINE_FEED, start);
    if (end < 0) {
      return;
    }
    yield bytes.toString("utf8", start, end);
    start = end + 1;
  }
}
