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

/** A resource as a history sees it, over a socket or without one. */
export interface Remote<T> {
  now(): Promise<T>;
  foreign(edit: readonly ForeignEntry[]): Promise<void>;
}

export interface ForeignEntry {
  readonly name: string;
  readonly alias?: string;
  readonly enabled?: boolean;
}

/** The parts of a kind of resource that a history needs. */
export interface Subject<T> {
  readonly access: FieldAccess<T>;
  /** The fields that are edited. */
  readonly fields: readonly [Field, ...Field[]];
  /** The names that another administrator edits. */
  readonly foreignNames: readonly [string, ...string[]];
  /** True for a change of the entry that nobody edits. */
  isStrange(change: FieldChange): boolean;
  /** The entry that nobody edits, as it is now and as it was at first. */
  strangeEntry(resource: T): { readonly now: unknown; readonly first: unknown };
  /** The change by which a window tells that a write took that entry with it, if it can. */
  readonly strangeLoss?: FieldChange;
  /** The resource as received from Cloudflare. */
  received(resource: T): unknown;
}

/** One window, with a user who remembers all messages. */
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

/** Keys whose values are true or false. */
const SWITCHES: ReadonlySet<string> = new Set([
  "enabled",
  "secure_web_gateway",
  "default_disabled",
  "on_behalf",
]);

interface Saved<T> {
  readonly window: HistoryWindow<T>;
  readonly change: FieldChange;
  /** True when the user was told that it isn't known whether this was saved. */
  readonly unsure: boolean;
}

interface HistoryOptions<T> {
  readonly subject: Subject<T>;
  readonly dice: Dice;
  readonly remote: Remote<T>;
  readonly windows: readonly [HistoryWindow<T>, ...HistoryWindow<T>[]];
}

/** Random edits of several windows, and the conditions that must hold at the end. */
export class History<T> {
  readonly #subject: Subject<T>;
  readonly #dice: Dice;
  readonly #remote: Remote<T>;
  readonly #windows: readonly [HistoryWindow<T>, ...HistoryWindow<T>[]];
  readonly #saved: Saved<T>[] = [];
  readonly #underWay: Promise<unknown>[] = [];
  #count = 0;
  /** True when a user was told that the entry that nobody edits was changed or lost. */
  #strangeTold = false;
  edits = 0;

  constructor({ subject, dice, remote, windows }: HistoryOptions<T>) {
    this.#subject = subject;
    this.#dice = dice;
    this.#remote = remote;
    this.#windows = windows;
  }

  /** Each window reads for the first time. */
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
    // Waits for all of them before one may fail the history, because the folder is removed then.
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

  /** Remembers the messages, and checks at once that a failure is what it claims. */
  async #hear(window: HistoryWindow<T>, result: WriteResult): Promise<void> {
    this.#keep(window, result);
    const { failure } = result;
    if (failure?.status !== "refused") {
      return;
    }
    const now = await this.#remote.now();
    for (const { field, to } of failure.changes) {
      // Others may set the same value where there are few values to choose from.
      if (typeof to !== "string") {
        continue;
      }
      ok(
        !this.#subject.access.same(field, this.#subject.access.get(now, field), to),
        `${fieldId(field)} failed and is there`,
      );
    }
  }

  #keep(window: HistoryWindow<T>, { saved, ignored, failure, lost = [] }: WriteResult): void {
    for (const change of saved) {
      this.#saved.push({ window, change, unsure: false });
    }
    const unsure = failure === undefined || failure.status === "refused" ? [] : failure.changes;
    for (const change of unsure) {
      this.#saved.push({ window, change, unsure: true });
    }
    this.#strangeTold ||= [...ignored.map(({ change }) => change), ...lost].some((change) =>
      this.#subject.isStrange(change),
    );
  }

  #fieldValue(): FieldValue {
    const field = this.#dice.pick(this.#subject.fields);
    return { field, to: this.#value(field) };
  }

  #value({ of, key }: Field): Value {
    if (SWITCHES.has(key)) {
      return this.#dice.chance(0.5);
    }
    if (of !== undefined && this.#dice.chance(0.25)) {
      return null;
    }
    this.#count += 1;
    // Sometimes one that Cloudflare refuses.
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

  /** Each window reads once more. Nothing may then be missing that a user believes to be saved. */
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
    if (!this.#isStrangeTold()) {
      const entry = this.#subject.strangeEntry(now);
      deepEqual(entry.now, entry.first);
    }
  }

  #isStrangeTold(): boolean {
    const { strangeLoss } = this.#subject;
    return (
      this.#strangeTold ||
      (strangeLoss !== undefined && this.#windows.some((each) => each.knowsArrived(strangeLoss)))
    );
  }

  /** The last saved change of each field, where its value is gone and its user doesn't know. */
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

  /** Changes that were told as unsaved, are there at the end, and whose user doesn't know. */
  #unannounced(now: T): readonly string[] {
    return (
      this.#saved
        // Others may set the same value where there are few values to choose from.
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

  /** True when the user saved the field later, and is told when that value is overwritten. */
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

/** A report waits for the journal on disk. */
async function untilTold(holds: () => boolean): Promise<void> {
  const end = performance.now() + 2000;
  while (!holds() && performance.now() < end) {
    await turns(1);
  }
}
