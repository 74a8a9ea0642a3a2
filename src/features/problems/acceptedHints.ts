import type * as vscode from "vscode";
import type { Accepted, AcceptedHints } from "../../domain/checks/rule.ts";
import { acceptedOf } from "../../domain/checks/security/annotationChanged.ts";
import type { Server } from "../../domain/servers/server.ts";
import type { SharedJson } from "../../engine/ports.ts";

/**
 * Hints that aren't saved yet. Those that another window saved win over `learnt`, but not over
 * `accepted`.
 */
interface Unsaved {
  readonly learnt: Map<string, Accepted>;
  readonly accepted: Map<string, Accepted>;
}

/**
 * The hints of each tool as an administrator last accepted them. Hints of a new tool are accepted
 * as they are. They are kept in a file of the account, which all windows share. A large account has
 * about 700 kB of them, too much for VS Code's global state, which every window reads when it
 * opens.
 */
export class AcceptedHintsStore {
  readonly #fileOf: (accountId: string) => SharedJson | undefined;
  readonly #former: vscode.Memento;
  readonly #onUnkept: (error: unknown) => void;
  readonly #accounts = new Map<string, Map<string, Accepted>>();
  readonly #unsaved = new Map<string, Unsaved>();
  readonly #seen = new WeakSet<Server>();

  /**
   * @param fileOf the file of an account; undefined for an account that isn't stored
   * @param former the place of earlier versions, which is read once and then emptied
   * @param onUnkept is called when the hints couldn't be written
   */
  constructor(
    fileOf: (accountId: string) => SharedJson | undefined,
    former: vscode.Memento,
    onUnkept: (error: unknown) => void,
  ) {
    this.#fileOf = fileOf;
    this.#former = former;
    this.#onUnkept = onUnkept;
  }

  of(accountId: string, serverId: string): Accepted | undefined {
    return this.#account(accountId).get(serverId);
  }

  /** Notes tools that are new. Doesn't save: the caller saves once after many servers. */
  learn(accountId: string, server: Server): void {
    if (this.#seen.has(server)) {
      return;
    }
    this.#seen.add(server);
    const known = this.of(accountId, server.id);
    const added = [...acceptedOf(server)].filter(([name]) => known?.has(name) !== true);
    if (added.length > 0) {
      this.#note(accountId, server.id, "learnt", new Map(added));
    }
  }

  /** Accepts the hints that tools of a server have now. Doesn't save, like `learn`. */
  accept(accountId: string, server: Server, names: ReadonlySet<string>): void {
    const accepted = [...acceptedOf(server)].filter(([name]) => names.has(name));
    if (accepted.length > 0 && this.of(accountId, server.id) !== undefined) {
      this.#note(accountId, server.id, "accepted", new Map(accepted));
    }
  }

  /**
   * Writes all hints of the account, so call it once for many servers. Reads the file first,
   * because other windows write to it too.
   */
  async save(accountId: string): Promise<void> {
    const file = this.#fileOf(accountId);
    const unsaved = this.#unsaved.get(accountId);
    if (file === undefined || unsaved === undefined) {
      return;
    }
    this.#unsaved.delete(accountId);
    try {
      await file.update((value) => {
        const all = this.#merged(accountId, unsaved, value);
        if (this.#fileOf(accountId) === file) {
          this.#show(accountId, all);
        }
        return keptOf(all);
      });
      await this.#emptyFormer(accountId);
    } catch (error) {
      this.#onUnkept(error);
    }
  }

  /**
   * Saves synchronously, for a window that closes. The next window learns again what couldn't be
   * written.
   */
  saveAll(): void {
    for (const [accountId, unsaved] of this.#unsaved) {
      try {
        this.#fileOf(accountId)?.updateNow((value) =>
          keptOf(this.#merged(accountId, unsaved, value)),
        );
      } catch {
        // The window closes, so there is nobody to tell.
      }
    }
    this.#unsaved.clear();
  }

  /** Forgets an account that was signed out. Its file is removed with the account's folder. */
  forget(accountId: string): void {
    this.#accounts.delete(accountId);
    this.#unsaved.delete(accountId);
    void this.#emptyFormer(accountId);
  }

  /** @param value the content of the file */
  #merged(accountId: string, { learnt, accepted }: Unsaved, value: unknown): Map<string, Accepted> {
    const all = new Map(learnt);
    addAccepted(all, readKept(value ?? this.#former.get<unknown>(keyOf(accountId))));
    addAccepted(all, accepted);
    return all;
  }

  /**
   * Adds what was learnt while the file was being written, since neither the file nor `all` has it.
   */
  #show(accountId: string, all: Map<string, Accepted>): void {
    const later = this.#unsaved.get(accountId);
    const shown = later === undefined ? all : this.#withLater(all, later);
    this.#accounts.set(accountId, recognisedAccepted(this.#account(accountId), shown));
  }

  #withLater(all: AcceptedServers, { learnt, accepted }: Unsaved): Map<string, Accepted> {
    const shown = new Map(learnt);
    addAccepted(shown, all);
    addAccepted(shown, accepted);
    return shown;
  }

  async #emptyFormer(accountId: string): Promise<void> {
    if (this.#former.get<unknown>(keyOf(accountId)) !== undefined) {
      await this.#former.update(keyOf(accountId), undefined);
    }
  }

  #note(accountId: string, serverId: string, as: keyof Unsaved, tools: Accepted): void {
    const noted = new Map([[serverId, tools]]);
    const unsaved = this.#unsaved.get(accountId) ?? { learnt: new Map(), accepted: new Map() };
    this.#unsaved.set(accountId, unsaved);
    addAccepted(this.#account(accountId), noted);
    addAccepted(unsaved[as], noted);
  }

  #account(accountId: string): Map<string, Accepted> {
    const account = this.#accounts.get(accountId) ?? this.#read(accountId);
    this.#accounts.set(accountId, account);
    return account;
  }

  #read(accountId: string): Map<string, Accepted> {
    const value = this.#fileOf(accountId)?.read();
    return readKept(value ?? this.#former.get<unknown>(keyOf(accountId)));
  }
}

/** The key that earlier versions used in VS Code's global state. */
function keyOf(accountId: string): string {
  return `mcpPortals.acceptedHints.${accountId}`;
}

/** The accepted hints of an account, by server. */
type AcceptedServers = ReadonlyMap<string, Accepted>;

/** The stored form, by server: tool, `readOnlyHint` and `destructiveHint`. */
type Kept = Record<string, readonly (readonly [string, boolean | null, boolean | null])[]>;

function keptOf(servers: AcceptedServers): Kept {
  return Object.fromEntries([...servers].map(([id, tools]) => [id, keptTools(tools)]));
}

function keptTools(tools: Accepted): Kept[string] {
  return [...tools].map(([name, { readOnly, destructive }]) => [
    name,
    readOnly ?? null,
    destructive ?? null,
  ]);
}

/** Reads stored hints. Ignores what it can't parse, because another version may have written it. */
function readKept(value: unknown): Map<string, Accepted> {
  if (typeof value !== "object" || value === null) {
    return new Map();
  }
  return new Map(
    Object.entries(value).map(([id, tools]: [string, unknown]) => [id, readTools(tools)]),
  );
}

function readTools(tools: unknown): Accepted {
  return new Map(Array.isArray(tools) ? tools.flatMap(readTool) : []);
}

function readTool(tool: unknown): readonly (readonly [string, AcceptedHints])[] {
  if (!Array.isArray(tool)) {
    return [];
  }
  const [name, readOnly, destructive]: readonly unknown[] = tool;
  if (typeof name !== "string") {
    return [];
  }
  return [[name, { readOnly: hint(readOnly), destructive: hint(destructive) }]];
}

function hint(value: unknown): boolean | undefined {
  return typeof value === "boolean" ? value : undefined;
}

/** Merges hints. For a tool in both, the later ones win. */
function addAccepted(servers: Map<string, Accepted>, later: AcceptedServers): void {
  for (const [id, tools] of later) {
    servers.set(id, new Map([...(servers.get(id) ?? []), ...tools]));
  }
}

/** Reuses the object of each server that didn't change. */
function recognisedAccepted(
  before: AcceptedServers,
  after: AcceptedServers,
): Map<string, Accepted> {
  return new Map(
    [...after].map(([id, tools]) => {
      const known = before.get(id);
      return [id, known !== undefined && sameTools(known, tools) ? known : tools];
    }),
  );
}

function sameTools(one: Accepted, other: Accepted): boolean {
  return (
    one.size === other.size &&
    [...one].every(([name, { readOnly, destructive }]) => {
      const now = other.get(name);
      return now !== undefined && now.readOnly === readOnly && now.destructive === destructive;
    })
  );
}
