import * as l10n from "@vscode/l10n";
import { type Node, type ParseError, parseTree } from "jsonc-parser";
import type { Span } from "../documents/places.ts";
import { type LineIndex, lineIndexOf, type Region } from "./region.ts";
import type { Waiver } from "./waivers.ts";

/** A mistake in the file, in one sentence. */
export interface WaiversProblem {
  readonly message: string;
  readonly region: Region;
}

export interface WaiversContent {
  readonly waivers: readonly Waiver[];
  /** While there are any, no waiver may be applied: nobody knows what was meant. */
  readonly problems: readonly WaiversProblem[];
}

/** Reads the file of the waivers. Comments are allowed. Never throws. */
export function readWaivers(text: string): WaiversContent {
  const reader = new WaiversReader(lineIndexOf(text));
  const errors: ParseError[] = [];
  const root = parseTree(text, errors);
  const [error] = errors;
  if (error !== undefined || root === undefined) {
    reader.problem(error ?? { offset: 0, length: 0 }, l10n.t("This isn't JSON."));
    return { waivers: [], problems: reader.problems };
  }
  const entries = reader.properties(root, ["$schema", "waivers"]);
  const list = entries.get("waivers");
  if (root.type !== "object") {
    return { waivers: [], problems: reader.problems };
  }
  if (list?.type !== "array") {
    const message = l10n.t('"waivers" has to be a list of waivers.');
    reader.problem(list ?? { offset: root.offset, length: 1 }, message);
    return { waivers: [], problems: reader.problems };
  }
  const waivers = (list.children ?? []).flatMap((node) => reader.waiver(node) ?? []);
  return { waivers, problems: reader.problems };
}

const KEYS = ["rule", "server", "portal", "name", "reason", "expires"] as const;

type Texts = ReadonlyMap<string, { readonly value: string; readonly node: Node }>;

/** Collects the mistakes while the tree is read. */
class WaiversReader {
  readonly #lines: LineIndex;
  readonly #problems: WaiversProblem[] = [];

  constructor(lines: LineIndex) {
    this.#lines = lines;
  }

  get problems(): readonly WaiversProblem[] {
    return this.#problems;
  }

  problem(span: Span, message: string): void {
    this.#problems.push({ message, region: this.#lines.region(span) });
  }

  waiver(node: Node): Waiver | undefined {
    const texts = this.#texts(this.properties(node, KEYS));
    const known = this.#problems.length;
    const rule = this.#needed(texts, "rule", node);
    const reason = this.#needed(texts, "reason", node);
    const [server, portal, name, expires] = (["server", "portal", "name", "expires"] as const).map(
      (key) => texts.get(key)?.value,
    );
    if (server === undefined && portal === undefined && node.type === "object") {
      this.problem(firstOf(node), l10n.t('A waiver needs a "server" or a "portal".'));
    }
    if (expires !== undefined && !isDay(expires)) {
      const message = l10n.t('"expires" has to be a day such as {0}.', "2027-01-31");
      this.problem(texts.get("expires")?.node ?? node, message);
    }
    if (rule === undefined || reason === undefined || this.#problems.length > known) {
      return undefined;
    }
    return {
      rule,
      reason,
      ...(server === undefined ? {} : { server }),
      ...(portal === undefined ? {} : { portal }),
      ...(name === undefined ? {} : { name }),
      ...(expires === undefined ? {} : { expires }),
      region: this.#lines.region(node),
    };
  }

  /** The properties of what has to be an object with no other keys than these. */
  properties(object: Node, keys: readonly string[]): ReadonlyMap<string, Node> {
    if (object.type !== "object") {
      this.problem(object, l10n.t("This has to be {0}.", l10n.t("an object")));
      return new Map();
    }
    const found = new Map<string, Node>();
    for (const { children = [] } of object.children ?? []) {
      const [keyNode, value] = children;
      const key: unknown = keyNode?.value;
      if (keyNode === undefined || value === undefined || typeof key !== "string") {
        continue;
      }
      if (!keys.includes(key)) {
        this.problem(keyNode, l10n.t('"{0}" isn\'t defined here.', key));
      } else if (found.has(key)) {
        this.problem(keyNode, l10n.t('"{0}" is here twice.', key));
      } else {
        found.set(key, value);
      }
    }
    return found;
  }

  #texts(properties: ReadonlyMap<string, Node>): Texts {
    return new Map(
      [...properties].flatMap(([key, node]) => {
        const value: unknown = node.value;
        if (node.type === "string" && typeof value === "string" && value.trim() !== "") {
          return [[key, { value, node }] as const];
        }
        this.problem(node, l10n.t('"{0}" has to be a text that isn\'t empty.', key));
        return [];
      }),
    );
  }

  #needed(texts: Texts, key: "rule" | "reason", node: Node): string | undefined {
    const value = texts.get(key)?.value;
    if (value === undefined && node.type === "object" && !hasKey(node, key)) {
      this.problem(firstOf(node), l10n.t('A waiver needs a "{0}".', key));
    }
    return value;
  }
}

function hasKey(object: Node, key: string): boolean {
  return (object.children ?? []).some(({ children }) => children?.[0]?.value === key);
}

/** The brace, so that a problem with the whole has one line. */
function firstOf({ offset }: Node): Span {
  return { offset, length: 1 };
}

/** JavaScript takes February 30 for a day in March. */
function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return (
    /^\d{4}-\d{2}-\d{2}$/u.test(text) &&
    !Number.isNaN(day.getTime()) &&
    day.toISOString().startsWith(text)
  );
}
