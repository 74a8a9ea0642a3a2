import { isRecord, type JsonRecord, sameJson } from "../base/json.ts";
import type { Capability, CapabilityKind } from "../domain/catalogue/capability.ts";
import { type LayeredOverrides, parseLayers } from "./layeredOverrides.ts";
import { wrongShape } from "./parse.ts";

/** A list as it came, and what was read from it. */
interface Read<T> {
  readonly sent: unknown;
  readonly value: T;
}

interface Asked {
  readonly serverId: string;
  readonly kind: CapabilityKind;
  readonly sent: unknown;
  /** The server's name in messages. */
  readonly subject: string;
}

/**
 * Keeps the last catalogues of an account's servers, and the last overrides of them in portals. Each
 * portal repeats the catalogues of all its servers, most portals repeat the same overrides, and each
 * poll repeats everything. So a list that came before is held once and not read again.
 */
export class Catalogues {
  readonly #catalogues = new Map<string, Read<readonly Capability[]>>();
  readonly #overrides = new Map<string, Read<LayeredOverrides>>();
  readonly #serverKeys = new Set<string>();

  /** The catalogue of a server's own answer. Throws `wrongShape`. */
  ofServer(asked: Asked): Read<readonly Capability[]> {
    const found = foundIn(this.#catalogues, asked, parseCatalogue);
    this.#catalogues.set(keyOf(asked), found);
    return found;
  }

  /** The same out of a portal's answer, which may be older than the server's. */
  ofMapping(asked: Asked): Read<readonly Capability[]> {
    const found = foundIn(this.#catalogues, asked, parseCatalogue);
    if (!this.#catalogues.has(keyOf(asked))) {
      this.#catalogues.set(keyOf(asked), found);
    }
    return found;
  }

  /** The overrides of a portal's answer. Throws `wrongShape`. */
  overridesOf(asked: Asked): Read<LayeredOverrides> {
    const found = foundIn(this.#overrides, asked, parseLayers);
    this.#overrides.set(keyOf(asked), found);
    return found;
  }

  noteServerKeys(server: JsonRecord): void {
    for (const key in server) {
      this.#serverKeys.add(key);
    }
  }

  /** Whether a server's own answer has this key; undefined while none was read. */
  isServerKey(key: string): boolean | undefined {
    return this.#serverKeys.size === 0 ? undefined : this.#serverKeys.has(key);
  }

  /** Forgets the servers that are no longer there. */
  keepOnly(serverIds: readonly string[]): void {
    const kept = new Set(
      serverIds.flatMap((serverId) => [
        keyOf({ serverId, kind: "tool" }),
        keyOf({ serverId, kind: "prompt" }),
      ]),
    );
    for (const known of [this.#catalogues, this.#overrides]) {
      for (const key of [...known.keys()].filter((each) => !kept.has(each))) {
        known.delete(key);
      }
    }
  }
}

function foundIn<T>(
  known: ReadonlyMap<string, Read<T>>,
  asked: Asked,
  read: (asked: Asked) => T,
): Read<T> {
  const before = known.get(keyOf(asked));
  return before !== undefined && sameJson(before.sent, asked.sent)
    ? before
    : { sent: asked.sent, value: read(asked) };
}

function keyOf({ serverId, kind }: Pick<Asked, "serverId" | "kind">): string {
  return `${kind}:${serverId}`;
}

const NONE: readonly Capability[] = Object.freeze([]);

/**
 * Parses a synced catalogue. Skips items without a name, which can't be shown or overridden. The
 * first of two items with one name counts. Uses no schema, because an account has tens of thousands
 * of items and a schema library would copy each.
 */
function parseCatalogue({ kind, sent, subject }: Asked): readonly Capability[] {
  if (sent === null || sent === undefined) {
    return NONE;
  }
  if (!Array.isArray(sent)) {
    throw wrongShape(subject, kind === "tool" ? "tools" : "prompts");
  }
  const seen = new Set<string>();
  const kept: Capability[] = [];
  for (const source of sent as readonly unknown[]) {
    if (isRecord(source) && typeof source["name"] === "string" && !seen.has(source["name"])) {
      const { name, description } = source;
      seen.add(name);
      kept.push({
        kind,
        name,
        description: typeof description === "string" ? description : undefined,
        source,
      });
    }
  }
  return kept;
}
