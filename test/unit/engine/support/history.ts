import { deepEqual, equal, ok } from "node:assert/strict";
import {
  type Field,
  type FieldChange,
  type FieldValue,
  fieldId,
  type Value,
} from "../../../../src/domain/changes/change.ts";
import type { WriteResult } from "../../../../src/domain/changes/writeResult.ts";
import { SERVER_FIELDS } from "../../../../src/domain/servers/fields.ts";
import type { Server } from "../../../../src/domain/servers/server.ts";
import type { ServerRecord } from "../../../../src/emulator/state/records.ts";
import type { Dice } from "./dice.ts";
import type { Window } from "./window.ts";

/** A server as a history sees it: over a socket or without. */
export interface Remote {
  now(): Promise<Server>;
  foreign(edit: readonly ForeignEntry[]): Promise<void>;
}

export interface ForeignEntry {
  readonly name: string;
  readonly alias?: string;
  readonly enabled?: boolean;
}

interface Saved {
  readonly window: Window;
  readonly change: FieldChange;
  /** May be there or not, and its user was told so. */
  readonly unsure: boolean;
}

export const toolNames = ["search", "delete_page", "list_pages", "__proto__"] as const;

const fields: readonly [Field, ...Field[]] = [
  { of: undefined, key: "name" },
  { of: undefined, key: "description" },
  { of: undefined, key: "secure_web_gateway" },
  ...toolNames.flatMap((name) =>
    (["alias", "description", "enabled"] as const).map(
      (key): Field => ({ of: { kind: "tool", name }, key }),
    ),
  ),
  { of: { kind: "prompt", name: "summarise" }, key: "alias" },
  { of: { kind: "prompt", name: "summarise" }, key: "enabled" },
];

/** An entry of a tool that no catalogue has, which nobody in a history touches. */
export const strange = { name: "vanished", alias: "keep_me", enabled: false };

/** Random edits of several windows, and what has to hold of them at the end. */
export class History {
  readonly #dice: Dice;
  readonly #remote: Remote;
  readonly #windows: readonly [Window, ...Window[]];
  readonly #saved: Saved[] = [];
  readonly #underWay: Promise<unknown>[] = [];
  #count = 0;
  /** Cloudflare ignored a key of all entries, and somebody was told. */
  #strangeTold = false;
  edits = 0;

  constructor(dice: Dice, remote: Remote, windows: readonly [Window, ...Window[]]) {
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

  async #edit(window: Window): Promise<void> {
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

  async #undo(window: Window): Promise<void> {
    const result = await window.undo();
    if (result !== undefined) {
      this.#keep(window, result);
    }
  }

  /** Remembers what was said, and looks at once whether a failure is what it says. */
  async #hear(window: Window, result: WriteResult): Promise<void> {
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
        !SERVER_FIELDS.same(field, SERVER_FIELDS.get(now, field), to),
        `${fieldId(field)} failed and is there`,
      );
    }
  }

  #keep(window: Window, { saved, ignored, failure }: WriteResult): void {
    for (const change of saved) {
      this.#saved.push({ window, change, unsure: false });
    }
    const lost = failure === undefined || failure.status === "refused" ? [] : failure.changes;
    for (const change of lost) {
      this.#saved.push({ window, change, unsure: true });
    }
    this.#strangeTold ||= ignored.some(({ change }) => change.field.of?.name === strange.name);
  }

  #fieldValue(): FieldValue {
    const field = this.#dice.pick(fields);
    return { field, to: this.#value(field) };
  }

  #value({ of, key }: Field): Value {
    if (key === "enabled" || key === "secure_web_gateway") {
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
    const name = this.#dice.pick(toolNames);
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
      deepEqual(state?.optimistic.received, now.received, "the screen shows what is there");
    }
    if (!this.#strangeTold) {
      deepEqual(now.toolOverrides.get(strange.name), strange);
    }
  }

  /** The last that was saved of each field, where it isn't there and its user doesn't know. */
  #untold(now: Server): readonly string[] {
    const last = new Map(this.#saved.map((saved) => [fieldId(saved.change.field), saved]));
    return [...last.values()]
      .filter(({ unsure }) => !unsure)
      .filter(
        ({ change }) =>
          !SERVER_FIELDS.same(change.field, SERVER_FIELDS.get(now, change.field), change.to),
      )
      .filter(({ window, change }) => !window.knows(change))
      .map(({ change }) => `${fieldId(change.field)} was saved as ${String(change.to)}`);
  }

  /** What wasn't saved when that was told, is there at the end, and its user doesn't know. */
  #unannounced(now: Server): readonly string[] {
    return (
      this.#saved
        // Others may mean the same where there is little to choose from.
        .filter(({ unsure, change }) => unsure && typeof change.to === "string")
        .filter(({ change }) =>
          SERVER_FIELDS.same(change.field, SERVER_FIELDS.get(now, change.field), change.to),
        )
        .filter(({ window, change }) => !window.knowsArrived(change))
        .filter((lost) => !this.#isFollowed(lost))
        .map(({ change }) => `${fieldId(change.field)} arrived as ${String(change.to)}`)
    );
  }

  /** Its user saved the field later, and is told when that is run over. */
  #isFollowed(lost: Saved): boolean {
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

export function foreignWrite(
  entries: readonly ForeignEntry[],
): (record: Pick<ServerRecord, "updated_tools">) => Pick<ServerRecord, "updated_tools"> {
  return ({ updated_tools }) => {
    const names = new Set(entries.map(({ name }) => name));
    return { updated_tools: [...updated_tools.filter(({ name }) => !names.has(name)), ...entries] };
  };
}
