/** A document's text as an editor may have read it. */
export interface Snapshot {
  readonly text: string;
  readonly bytes: Uint8Array;
  /** Milliseconds since 1970, and never the same for two texts. */
  readonly mtime: number;
}

/** So many back an editor can be that hasn't taken the latest change yet. */
const KEPT = 8;

/** The texts of one document, the newest last. */
export class Snapshots {
  #all: readonly Snapshot[] = [];
  /** What the editor shows, or showed before the person typed. */
  shown: Snapshot | undefined;

  get latest(): Snapshot | undefined {
    return this.#all.at(-1);
  }

  /** The time moves with the text and only with it: an editor compares it to know what is newer. */
  take(text: string): Snapshot {
    const { latest } = this;
    return latest?.text === text ? latest : this.add(text);
  }

  /** A new time even where the text is the same. */
  add(text: string): Snapshot {
    const mtime = Math.max(Date.now(), (this.latest?.mtime ?? 0) + 1);
    const made = { text, bytes: new TextEncoder().encode(text), mtime };
    this.#all = [...this.#all.slice(1 - KEPT), made];
    return made;
  }

  /**
   * The editor has this text without changes of its own. Never an older one than before: a first
   * keystroke is told before the editor counts as changed, and may make an old text again.
   */
  show(text: string): void {
    const least = this.shown?.mtime ?? 0;
    this.shown =
      this.#all.findLast((known) => known.text === text && known.mtime >= least) ?? this.shown;
  }
}
