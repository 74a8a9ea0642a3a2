import { deepEqual, equal, ok } from "node:assert/strict";
import {
  type Field,
  type FieldAccess,
  type FieldChange,
  type FieldValue,
  fieldId,
  type Value,
} from "../../../../src/domain/changes/change.ts";
import type { WriteResult } from "../../../../src/domain/changes/writeResult.ts";
import type { Resource } from "../../../../src/domain/resources/resource.ts";
import type { Dice } from "./dice.ts";

/** A resource as a history sees it: over a socket or without. */
export interface Remote<T> {
  now(): Promise<T>;
  foreign(edit: readonly ForeignEntry[]): Promise<void>;
}

export interface ForeignEntry {
  readonly name: string;
  readonly alias?: string;
  readonly enabled?: boolean;
}

/** What a history needs of one kind of resource. */
export interface Subject<T> {
  readonly access: FieldAccess<T>;
  /** What is edited. */
  readonly fields: readonly [Field, ...Field[]];
  /** What somebody elsewhere edits. */
  readonly foreignNames: readonly [string, ...string[]];
  /** Whether it is of the entry that nobody touches. */
  isStrange(change: FieldChange): boolean;
  /** The entry that nobody touches, as it is now and as it was at first. */
  strangeEntry(resource: T): { readonly now: unknown; readonly first: unknown };
  /** As Cloudflare told it. */
  received(resource: T): unknown;
}

/** One window with a user who remembers what was said. */
export interface HistoryWindow<T> {
  readonly state: Resource<T> | undefined;
  poll(): Promise<void>;
  edit(values: readonly FieldValue[]): Promise<WriteResult>;
  change(changes: readonly FieldChange[]): Promise<WriteResult>;
  undo(): Promise<WriteResult | undefined>;
  knows(change: FieldChange): boolean;
  knowsArrived(change: FieldChange): boolean;
  close(): void;
}

interface Saved<T> {
  readonly window: HistoryWindow<T>;
  readonly change: FieldChange;
  /** May be there or not, and its user was told so. */
  readonly unsure: boolean;
}

interface HistoryOptions<T> {
  readonly subject: Subject<T>;
  readonly dice: Dice;
  readonly remote: Remote<T>;
  readonly windows: readonly [HistoryWindow<T>, ...HistoryWindow<T>[]];
}

/** Random edits of several windows, and what has to hold of them at the end. */
export class History<T> {
  readonly #subject: Subject<T>;
  readonly #dice: Dice;
  readonly #remote: Remote<T>;
  readonly #windows: readonly [HistoryWindow<T>, ...HistoryWindow<T>[]];
  readonly #saved: Saved<T>[] = [];
  readonly #underWay: Promise<unknown>[] = [];
  #count = 0;
  /** Cloudflare ignored a key of all entries, and somebody was told. */
  #strangeTold = false;
  edits = 0;

  constructor({ subject, dice, remote, windows }: HistoryOptions<T>) {
    this.#subject = subject;
    this.#dice = dice;
    this.#remote = remote;
    this.#windows = windows;
  }

  /** Everybody looks for the first time. */
  async begin(): Promise<void> {
    for (const window of this.#windows) {
      await window.poll();
    }
  }

  end(): void {
    for (const window of this.#windows) {
      window.close();
    }
  }

  async run(steps: number): Promise<void> {
    for (let step = 0; step < steps; step += 1) {
      const done = this.#step();
      this.#underWay.push(done);
      done.catch(() => undefined);
      if (this.#dice.chance(0.4)) {
        await done.catch(() => undefined);
      } else {
        await turns(this.#dice.below(6));
      }
    }
    // All of them end before one of them may fail the history, whose folder goes with it.
    const ended = await Promise.allSettled(this.#underWay);
    for (const each of ended) {
      if (each.status === "rejected") {
        throw each.reason;
      }
    }
  }

  #step(): Promise<unknown> {
    const window = this.#dice.pick(this.#windows);
    const die = this.#dice.next();
    if (die < 0.12) {
      return window.poll();
    }
    if (die < 0.24) {
      return this.#foreign();
    }
    if (die < 0.32) {
      return this.#undo(window);
    }
    return this.#edit(window);
  }

  async #edit(window: HistoryWindow<T>): Promise<void> {
    const wanted = Array.from({ length: 1 + this.#dice.below(3) }, () => this.#fieldValue());
    this.edits += 1;
    const result = await window.edit([
      ...new Map(wanted.map((each) => [fieldId(each.field), each])).values(),
    ]);
    await this.#hear(window, result);
    if (result.conflicts.length === 0 || !this.#dice.chance(0.5)) {
      return;
    }
    const mine = result.conflicts.map(({ change, theirs }) => ({ ...change, from: theirs }));
    await this.#hear(window, await window.change(mine));
  }

  async #undo(window: HistoryWindow<T>): Promise<void> {
    const result = await window.undo();
    if (result !== undefined) {
      this.#keep(window, result);
    }
  }

  /** Remembers what was said, and looks at once whether a failure is what it says. */
  async #hear(window: HistoryWindow<T>, result: WriteResult): Promise<void> {
    this.#keep(window, result);
    const { failure } = result;
    if (failure?.status !== "refused") {
      return;
    }
    const now = await this.#remote.now();
    for (const { field, to } of failure.changes) {
      // Others may mean the same where there is little to choose from.
      if (typeof to !== "string") {
        continue;
      }
      ok(
        !this.#subject.access.same(field, this.#subject.access.get(now, field), to),
        `${fieldId(field)} failed and is there`,
      );
    }
  }

  #keep(window: HistoryWindow<T>, { saved, ignored, failure }: WriteResult): void {
    for (const change of saved) {
      this.#saved.push({ window, change, unsure: false });
    }
    const lost = failure === undefined || failure.status === "refused" ? [] : failure.changes;
    for (const change of lost) {
      this.#saved.push({ window, change, unsure: true });
    }
    this.#strangeTold ||= ignored.some(({ change }) => this.#subject.isStrange(change));
  }

  #fieldValue(): FieldValue {
    const field = this.#dice.pick(this.#subject.fields);
    return { field, to: this.#value(field) };
  }

  #value({ of, key }: Field): Value {
    if (key === "enabled" || key === "secure_web_gateway" || key === "default_disabled") {
      return this.#dice.chance(0.5);
    }
    if (of !== undefined && this.#dice.chance(0.25)) {
      return null;
    }
    this.#count += 1;
    // Now and then one that Cloudflare refuses.
    if (key === "alias") {
      return this.#dice.chance(0.1) ? "no good" : `alias${this.#count}`;
    }
    return `${key} ${this.#count}`;
  }

  #foreign(): Promise<void> {
    this.#count += 1;
    const name = this.#dice.pick(this.#subject.foreignNames);
    return this.#remote.foreign([
      { name, alias: `foreign${this.#count}`, enabled: this.#dice.chance(0.5) },
    ]);
  }

  /** Everybody looks once more, and then nothing may be missing that somebody believes in. */
  async check(): Promise<void> {
    for (const window of this.#windows) {
      await window.poll();
    }
    await turns(5);
    const now = await this.#remote.now();
    await untilTold(() => this.#untold(now).length === 0);
    deepEqual(this.#untold(now), []);
    deepEqual(this.#unannounced(now), []);
    for (const { state } of this.#windows) {
      equal(state?.pending.length, 0);
      const shown = state && this.#subject.received(state.optimistic);
      deepEqual(shown, this.#subject.received(now), "the screen shows what is there");
    }
    if (!this.#strangeTold) {
      const entry = this.#subject.strangeEntry(now);
      deepEqual(entry.now, entry.first);
    }
  }

  /** The last that was saved of each field, where it isn't there and its user doesn't know. */
  #untold(now: T): readonly string[] {
    const last = new Map(this.#saved.map((saved) => [fieldId(saved.change.field), saved]));
    return [...last.values()]
      .filter(({ unsure }) => !unsure)
      .filter(
        ({ change }) =>
          !this.#subject.access.same(
            change.field,
            this.#subject.access.get(now, change.field),
            change.to,
          ),
      )
      .filter(({ window, change }) => !window.knows(change))
      .map(({ change }) => `${fieldId(change.field)} was saved as ${String(change.to)}`);
  }

  /** What wasn't saved when that was told, is there at the end, and its user doesn't know. */
  #unannounced(now: T): readonly string[] {
    return (
      this.#saved
        // Others may mean the same where there is little to choose from.
        .filter(({ unsure, change }) => unsure && typeof change.to === "string")
        .filter(({ change }) =>
          this.#subject.access.same(
            change.field,
            this.#subject.access.get(now, change.field),
            change.to,
          ),
        )
        .filter(({ window, change }) => !window.knowsArrived(change))
        .filter((lost) => !this.#isFollowed(lost))
        .map(({ change }) => `${fieldId(change.field)} arrived as ${String(change.to)}`)
    );
  }

  /** Its user saved the field later, and is told when that is run over. */
  #isFollowed(lost: Saved<T>): boolean {
    return this.#saved
      .slice(this.#saved.indexOf(lost))
      .some(
        ({ window, change, unsure }) =>
          !unsure && window === lost.window && fieldId(change.field) === fieldId(lost.change.field),
      );
  }
}

export function turns(count: number): Promise<void> {
  return count <= 0
    ? Promise.resolve()
    : new Promise<void>((resolve) => setImmediate(resolve)).then(() => turns(count - 1));
}

/** Telling waits for the journal on disk. */
async function untilTold(holds: () => boolean): Promise<void> {
  const end = performance.now() + 2000;
  while (!holds() && performance.now() < end) {
    await turns(1);
  }
}
