import type { ExposedCapability } from "../../catalogue/serverCatalogue.ts";

/** Readers take send_email, send-email and sendEmail for one name. */
export function keyOf(name: string): string {
  const joined = name.includes("_") ? name.replaceAll("_", "") : name;
  return (joined.includes("-") ? joined.replaceAll("-", "") : joined).toLowerCase();
}

/** Whose a name in a text is. */
export type Owner = "own" | "sibling" | "nobody";

/** Tells the names of a tool and of its server from those of strangers. */
export interface KnownNames {
  ownerOf(name: string): Owner;
}

/** Used where nothing is known of the tool that a text belongs to. */
export const NO_NAMES: KnownNames = { ownerOf: () => "nobody" };

/** The names of a server's tools and prompts, by key. Made once, when a text first asks. */
export class ServerNames {
  readonly #shown: readonly ExposedCapability[];
  #keys: Keys | undefined;

  constructor(shown: readonly ExposedCapability[]) {
    this.#shown = shown;
  }

  has(key: string): boolean {
    this.#keys ??= keysOf(this.#shown);
    const { prefix, labels, names } = this.#keys;
    return (
      labels.has(key) ||
      names.has(key) ||
      (key.startsWith(prefix) && labels.has(key.slice(prefix.length)))
    );
  }

  /** The names as one of the tools sees them. */
  of(shown: ExposedCapability): KnownNames {
    let own: ReadonlySet<string> | undefined;
    return {
      ownerOf: (name) => {
        const key = keyOf(name);
        const isSibling = this.has(key);
        if (!isSibling && !looksLikeTool(name)) {
          return "nobody";
        }
        own ??= ownKeys(shown);
        if (own.has(key)) {
          return "own";
        }
        return isSibling ? "sibling" : "nobody";
      },
    };
  }
}

interface Keys {
  /** What the server's id makes of itself in exposed names, which are a label behind it. */
  readonly prefix: string;
  readonly labels: ReadonlySet<string>;
  /** The upstream's names of those that have an alias. */
  readonly names: ReadonlySet<string>;
}

function keysOf(shown: readonly ExposedCapability[]): Keys {
  const labels = new Set<string>();
  const names = new Set<string>();
  for (const { name, label } of shown) {
    labels.add(keyOf(label));
    if (name !== label) {
      names.add(keyOf(name));
    }
  }
  const [{ exposedName = "", label = "" } = {}] = shown;
  return { prefix: keyOf(exposedName.slice(0, exposedName.length - label.length)), labels, names };
}

/** A tool's name, the names of its parameters, and the values that these may have. */
export function ownKeys({
  name,
  label,
  exposedName,
  capability,
}: ExposedCapability): ReadonlySet<string> {
  const keys = new Set([name, label, exposedName].map(keyOf));
  const { source } = capability;
  const waiting: unknown[] = [source["inputSchema"], source["outputSchema"], source["arguments"]];
  for (let next = waiting.pop(); waiting.length > 0 || next !== undefined; next = waiting.pop()) {
    if (typeof next !== "object" || next === null) {
      continue;
    }
    for (const [key, value] of Object.entries(next)) {
      keys.add(keyOf(key));
      if (typeof value !== "string") {
        waiting.push(value);
      } else if (!/\s/.test(value)) {
        keys.add(keyOf(value));
      }
    }
  }
  return keys;
}

const VERBS = new Set(
  "get list create read write send delete update remove add set search find query fetch run execute open close start stop call check verify validate scan sync export import upload download post publish book transfer pay move copy edit modify append make build deploy install register login log notify forward share schedule cancel approve confirm play browse click navigate translate summarize summarise analyze analyse generate convert calculate compute initialize initialise init clear reset disable enable save load store submit grant revoke invite print push pull commit merge clone rename restart kill encrypt decrypt backup restore report record collect track monitor audit authenticate authorize authorise process handle prepare mirror whitelist blacklist wipe cleanup scrape crawl describe retrieve lookup resolve request trigger invoke change replace inspect format count issue sign mint swap trade buy sell order show display view".split(
    " ",
  ),
);

/** True for a name of several words of which the first or the last is something that a tool does. */
export function looksLikeTool(name: string): boolean {
  const words = name
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .split(/[_-]+/)
    .filter((word) => word !== "");
  const [first = ""] = words;
  const last = words.at(-1) ?? "";
  return words.length > 1 && (VERBS.has(first) || VERBS.has(last) || last === "tool");
}
