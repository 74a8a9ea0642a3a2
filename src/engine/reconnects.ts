import { createHash } from "node:crypto";
import { reportUncaught } from "../base/async.ts";
import { type Disposable, Emitter } from "../base/emitter.ts";
import { isRecord } from "../base/json.ts";
import { isCancelled } from "../domain/apiError.ts";
import type { Portal } from "../domain/portals/portal.ts";
import { type ChangedText, changedTexts } from "../domain/portals/reconnect.ts";
import type { Server } from "../domain/servers/server.ts";
import { isStorageError, type StorageError } from "./files/storageError.ts";
import type { SharedJson } from "./ports.ts";
import type { AccountState, State } from "./state.ts";
import type { ReadonlyStore } from "./store.ts";

/** Since when a portal's users have to connect again to see its names and descriptions. */
export interface Reconnect {
  /** When the change was seen, in milliseconds since 1970. */
  readonly at: number;
  readonly isRecent: boolean;
}

/** A session of a portal ends after a day without use. */
const TOLD_MS = 24 * 3_600_000;
const RECENT_MS = 3_600_000;

export interface ReconnectsOptions {
  /** Undefined for an account for which nothing is stored. */
  file(accountId: string): SharedJson | undefined;
  onUnkept(error: StorageError): void;
  now?(): number;
}

interface Seen {
  readonly collections: AccountState["collections"];
  readonly portals: ReadonlyMap<string, Portal>;
  readonly servers: ReadonlyMap<string, Server>;
}

/** A change by its contents, so that two windows which see the same one note one time. */
interface Noted {
  readonly at: number;
  readonly change: string;
}

/**
 * Notes when names or descriptions of portals change, by whomever. Each read is compared with the one
 * before, the first with what the last window knew.
 */
export class Reconnects implements Disposable {
  readonly #options: ReconnectsOptions;
  readonly #subscription: Disposable;
  readonly #changed = new Emitter<void>();
  readonly #noted = new Map<string, ReadonlyMap<string, Noted>>();
  #last: ReadonlyMap<string, Seen> = new Map();
  #told: ReadonlyMap<string, Reconnect> = new Map();
  #timer: NodeJS.Timeout | undefined;

  readonly onDidChange = this.#changed.event;

  /** @param seen the states before this one */
  constructor(store: ReadonlyStore, options: ReconnectsOptions, seen: readonly State[]) {
    this.#options = options;
    for (const state of [...seen, store.state]) {
      this.#look(state);
    }
    this.#subscription = store.onDidChange((state) => this.#look(state));
  }

  /** A new object whenever any portal has another answer. */
  get all(): ReadonlyMap<string, Reconnect> {
    return this.#told;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  #look({ accounts }: State): void {
    const before = this.#last;
    this.#last = new Map(
      [...accounts].map(([id, { collections }]) => {
        const known = before.get(id);
        return [id, known?.collections === collections ? known : seenIn(collections)];
      }),
    );
    for (const id of before.keys()) {
      if (!this.#last.has(id)) {
        this.#noted.delete(id);
      }
    }
    let isNews = false;
    for (const [id, seen] of this.#last) {
      const file = this.#noted.has(id) ? undefined : this.#options.file(id);
      if (file !== undefined) {
        this.#noted.set(id, readNoted(file.read()));
        isNews = true;
      }
      const changed = changedPortals(before.get(id), seen);
      if (changed.size > 0) {
        this.#keep(id, changed).catch(reportUncaught);
      }
    }
    if (isNews) {
      this.#tell();
    }
  }

  async #keep(accountId: string, changed: ReadonlyMap<string, string>): Promise<void> {
    const at = this.#now();
    const file = this.#options.file(accountId);
    const noted = this.#noted.get(accountId) ?? new Map<string, Noted>();
    this.#noted.set(accountId, withNoted(noted, changed, at));
    this.#tell();
    try {
      await file?.update((value) => {
        const all = withNoted(readNoted(value), changed, at);
        this.#noted.set(accountId, all);
        return Object.fromEntries(all);
      });
    } catch (error) {
      // The account's folder is removed.
      if (isCancelled(error)) {
        return;
      }
      if (!isStorageError(error)) {
        throw error;
      }
      this.#options.onUnkept(error);
    }
    this.#tell();
  }

  #tell(): void {
    const now = this.#now();
    const told = new Map(
      [...this.#noted].flatMap(([accountId, noted]) =>
        [...noted]
          .filter(([, { at }]) => now - at < TOLD_MS)
          .map(([portalId, { at }]) => [
            reconnectKey({ accountId, portalId }),
            { at, isRecent: now - at < RECENT_MS },
          ]),
      ),
    );
    if (isSame(told, this.#told)) {
      return;
    }
    this.#told = told;
    clearTimeout(this.#timer);
    // A row stops telling of it after a while, though nothing happens.
    const recent = [...told.values()].filter(({ isRecent }) => isRecent).map(({ at }) => at);
    if (recent.length > 0) {
      this.#timer = setTimeout(() => this.#tell(), Math.min(...recent) + RECENT_MS - now);
      this.#timer.unref();
    }
    this.#changed.fire();
  }

  #now(): number {
    return this.#options.now?.() ?? Date.now();
  }
}

export function reconnectKey(portal: {
  readonly accountId: string;
  readonly portalId: string;
}): string {
  return `${portal.accountId}/${portal.portalId}`;
}

function seenIn(collections: Seen["collections"]): Seen {
  const { portal, server } = collections;
  return {
    collections,
    portals: new Map([...portal.items].map(([id, { remote }]) => [id, remote])),
    servers: new Map([...server.items].map(([id, { remote }]) => [id, remote])),
  };
}

/** A text for each portal of which a client may have old names or descriptions. */
function changedPortals(before: Seen | undefined, after: Seen): ReadonlyMap<string, string> {
  const changed = new Map<string, string>();
  if (before === after) {
    return changed;
  }
  for (const [id, portal] of after.portals) {
    const earlier = before?.portals.get(id);
    const texts =
      before === undefined || earlier === undefined
        ? []
        : textsOf({ portal: earlier, servers: before.servers }, { portal, servers: after.servers });
    if (texts.length > 0) {
      changed.set(id, createHash("sha256").update(JSON.stringify(texts)).digest("base64url"));
    }
  }
  return changed;
}

interface Around {
  readonly portal: Portal;
  readonly servers: ReadonlyMap<string, Server>;
}

function textsOf(before: Around, after: Around): readonly ChangedText[] {
  return [...after.portal.mappings].flatMap(([serverId, mapping]) => {
    const earlier = before.portal.mappings.get(serverId);
    const [was, is] = [before.servers.get(serverId), after.servers.get(serverId)];
    return earlier === undefined || was === undefined || is === undefined
      ? []
      : changedTexts({ mapping: earlier, server: was }, { mapping, server: is });
  });
}

/** Another window may have noted the same change already. What is over is dropped. */
function withNoted(
  noted: ReadonlyMap<string, Noted>,
  changed: ReadonlyMap<string, string>,
  at: number,
): ReadonlyMap<string, Noted> {
  const next = new Map([...noted].filter(([, each]) => at - each.at < TOLD_MS));
  for (const [portalId, change] of changed) {
    if (next.get(portalId)?.change !== change) {
      next.set(portalId, { at, change });
    }
  }
  return next;
}

/** Leaves out what can't be read: it only isn't told. */
function readNoted(value: unknown): ReadonlyMap<string, Noted> {
  return new Map(
    Object.entries(isRecord(value) ? value : {}).flatMap(([portalId, each]) => {
      const { at, change } = isRecord(each) ? each : {};
      return typeof at === "number" && typeof change === "string"
        ? [[portalId, { at, change }] as const]
        : [];
    }),
  );
}

function isSame(
  one: ReadonlyMap<string, Reconnect>,
  other: ReadonlyMap<string, Reconnect>,
): boolean {
  return (
    one.size === other.size &&
    one.entries().every(([key, { at, isRecent }]) => {
      const same = other.get(key);
      return same?.at === at && same.isRecent === isRecent;
    })
  );
}
