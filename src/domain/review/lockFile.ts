import * as l10n from "@vscode/l10n";
import { isRecord, type JsonRecord, readJson } from "../../base/json.ts";
import { canonicalText } from "../../base/jsonText.ts";
import type { AccountId } from "../account.ts";
import { FILE_KINDS, type FileKind, LOCK_SCHEMA } from "../files/filePaths.ts";
import type { Baseline, Definition, Definitions } from "./baseline.ts";

/** What a repository keeps of an account beside its files. */
export interface LockFile {
  readonly account: AccountId;
  /** The definitions that somebody accepted, or that were seen first, by server id. */
  readonly accepted: ReadonlyMap<string, AcceptedServer>;
  /** What could be edited, as it was at the last pull or apply. By kind, then by id. */
  readonly pulled: PulledResources;
}

export interface AcceptedServer extends Baseline {
  /** Tools that a sync turned off until they are accepted, and that were on before. */
  readonly held: readonly string[];
}

/** A resource's document, parsed. */
export type PulledResources = Readonly<Record<FileKind, ReadonlyMap<string, JsonRecord>>>;

const VERSION = 1;

/** Larger than the lock of any account that Cloudflare allows. */
export const MOST_LOCK_BYTES = 50_000_000;

/** Down to here each entry has its own line, so that a merge conflict is one tool's. */
const INDENTED_DEPTH = 7;

export function emptyLock(account: AccountId): LockFile {
  return { account, accepted: new Map(), pulled: { server: new Map(), portal: new Map() } };
}

/** The text of the file. Equal contents have equal texts: the keys are in the order of RFC 8785. */
export function lockText({ account, accepted, pulled }: LockFile): string {
  const value = {
    $schema: `./${LOCK_SCHEMA}`,
    account,
    accepted: Object.fromEntries(
      [...accepted].map(([id, { at, reviewed, held, tools, prompts }]) => [
        id,
        {
          at,
          reviewed,
          ...(held.length === 0 ? {} : { held: held.toSorted() }),
          tools: Object.fromEntries(tools),
          prompts: Object.fromEntries(prompts),
        },
      ]),
    ),
    pulled: Object.fromEntries(
      FILE_KINDS.map((kind) => [sectionOf(kind), Object.fromEntries(pulled[kind])]),
    ),
    version: VERSION,
  };
  return `${canonicalText(value, INDENTED_DEPTH)}\n`;
}

function sectionOf(kind: FileKind): "servers" | "portals" {
  return kind === "server" ? "servers" : "portals";
}

export type ReadLock = { readonly lock: LockFile } | UnusableLock;

/** Why the text can't be used, and on which line. */
export interface UnusableLock {
  readonly problem: string;
  readonly line: number;
}

/** What is said of a file that has `MOST_LOCK_BYTES` or more, which isn't read. */
export function tooLargeLock(): UnusableLock {
  return { problem: l10n.t("It is larger than any lock that mcp-portals writes."), line: 1 };
}

/** Reads the file. It isn't used in parts: what can't be understood would be lost by writing it. */
export function readLock(text: string): ReadLock {
  const value = readJson(text);
  // No JSON has a line that begins like one.
  const marker = value === undefined ? /^(?:<{7}|={7}|>{7})(?: |\r?$)/mu.exec(text) : null;
  if (marker !== null) {
    return {
      problem: l10n.t("It has a merge conflict. Resolve it, then try again."),
      line: text.slice(0, marker.index).split("\n").length,
    };
  }
  if (isRecord(value) && typeof value["version"] === "number" && value["version"] > VERSION) {
    return {
      problem: l10n.t("A newer mcp-portals has written it. Update this one."),
      line: 1,
    };
  }
  const lock = lockIn(value);
  return lock === undefined
    ? {
        problem: l10n.t(
          "It isn't as mcp-portals has written it. Take it back from version control, or delete it and pull again.",
        ),
        line: 1,
      }
    : { lock };
}

/** Reads the file as one of this account. That of another account can't be used. */
export function readLockOf(account: AccountId, text: string): ReadLock {
  const read = readLock(text);
  return "problem" in read || read.lock.account === account
    ? read
    : {
        problem: l10n.t("It is of another account: {0}, and not {1}.", read.lock.account, account),
        line: 1,
      };
}

function lockIn(value: unknown): LockFile | undefined {
  if (
    !isRecord(value) ||
    !hasOnly(value, ["$schema", "account", "accepted", "pulled", "version"])
  ) {
    return undefined;
  }
  const { version, account } = value;
  const accepted = recordsIn(value["accepted"], acceptedIn);
  const pulled = pulledIn(value["pulled"]);
  return version === VERSION && typeof account === "string" && accepted && pulled
    ? { account, accepted, pulled }
    : undefined;
}

function hasOnly(value: JsonRecord, keys: readonly string[]): boolean {
  return Object.keys(value).every((key) => keys.includes(key));
}

/** Undefined where any of them can't be read. */
function recordsIn<T>(
  value: unknown,
  read: (each: JsonRecord, key: string) => T | undefined,
): ReadonlyMap<string, T> | undefined {
  if (!isRecord(value)) {
    return undefined;
  }
  const found = new Map<string, T>();
  for (const [key, each] of Object.entries(value)) {
    const item = isRecord(each) ? read(each, key) : undefined;
    if (item === undefined) {
      return undefined;
    }
    found.set(key, item);
  }
  return found;
}

function acceptedIn(value: JsonRecord): AcceptedServer | undefined {
  const { at, reviewed, held = [] } = value;
  const tools = definitionsIn(value["tools"]);
  const prompts = definitionsIn(value["prompts"]);
  const isWhole =
    hasOnly(value, ["at", "reviewed", "held", "tools", "prompts"]) &&
    typeof at === "string" &&
    typeof reviewed === "boolean" &&
    isNames(held);
  return isWhole && tools && prompts ? { at, reviewed, held, tools, prompts } : undefined;
}

function isNames(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === "string");
}

function definitionsIn(value: unknown): Definitions | undefined {
  return recordsIn<Definition>(value, (each, name) => (each["name"] === name ? each : undefined));
}

function pulledIn(value: unknown): PulledResources | undefined {
  if (!isRecord(value) || !hasOnly(value, ["servers", "portals"])) {
    return undefined;
  }
  const server = recordsIn(value["servers"], (each) => each);
  const portal = recordsIn(value["portals"], (each) => each);
  return server && portal ? { server, portal } : undefined;
}
