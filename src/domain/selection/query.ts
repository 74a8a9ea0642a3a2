import * as l10n from "@vscode/l10n";
import { isExpression, testEach } from "../../base/boundedExpression.ts";
import { isRecord } from "../../base/json.ts";
import { listed } from "../../base/text.ts";
import type { ExposedCapability } from "../catalogue/serverCatalogue.ts";

/** The words after `is:`. */
export const STATES = [
  "on",
  "off",
  "overridden",
  "read-only",
  "destructive",
  "open-world",
  "unannotated",
  "tool",
  "prompt",
  "new",
  "changed",
] as const;
type State = (typeof STATES)[number];

type Where = "name" | "description" | "both";

type Condition =
  | { readonly kind: "text" | "glob" | "expression"; readonly where: Where; readonly text: string }
  | { readonly kind: "state"; readonly state: State }
  /** Tokens that it costs, or would cost if it were on. */
  | { readonly kind: "cost"; readonly is: "over" | "under"; readonly tokens: number };

/** One part of a query. A tool has to meet all of them. */
type Term = Condition & { readonly isNegated: boolean };

/** What a person has typed to select tools and prompts. */
export type Query = readonly Term[];

interface Problem {
  readonly problem: string;
}

/**
 * Reads a query: words, globs with `*` and `?`, expressions in slashes, `is:` with a state, and `cost:`
 * with a number of tokens, such as `cost:>500`. A word after `name:` or `description:` looks there only. A hyphen in front turns a part around, and
 * quotes keep spaces.
 */
export function parseQuery(text: string): { readonly query: Query } | Problem {
  const query: Term[] = [];
  for (const token of tokensOf(text)) {
    const term = termOf(token);
    if ("problem" in term) {
      return term;
    }
    query.push(term);
  }
  return { query };
}

/** The tokens of a tool; undefined where they aren't counted, and for a prompt. */
type CostOf<T> = (of: T) => number | undefined;

/** How a tool or prompt differs from what somebody accepted; undefined where it doesn't. */
type WaitingOf<T> = (of: T) => "new" | "changed" | undefined;

/** What the definitions don't tell. */
interface Facts<T> {
  readonly cost?: CostOf<T>;
  readonly waiting?: WaitingOf<T>;
}

/** The tools and prompts that meet a query; all of them for an empty one. */
export function select<T extends { readonly shown: ExposedCapability }>(
  query: Query,
  all: readonly T[],
  facts: Facts<T> = {},
): { readonly selected: readonly T[] } | Problem {
  let selected = all;
  for (const term of query) {
    const met = meets(term, selected, facts);
    if (met === undefined) {
      return { problem: l10n.t("This regular expression takes too long. Use a simpler one.") };
    }
    selected = selected.filter((_, index) => met[index] !== term.isNegated);
  }
  return { selected };
}

interface Token {
  readonly isNegated: boolean;
  /** Such as `is` or `name`. */
  readonly prefix: string;
  readonly quote: '"' | "/" | undefined;
  readonly text: string;
}

const PREFIX = /^(name|description|is|cost):/iu;

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let rest = text.trimStart(); rest !== ""; ) {
    const { token, length } = firstToken(rest);
    tokens.push(token);
    rest = rest.slice(length).trimStart();
  }
  return tokens;
}

function firstToken(text: string): { readonly token: Token; readonly length: number } {
  const isNegated = /^-\S/u.test(text);
  const from = isNegated ? 1 : 0;
  const prefix = PREFIX.exec(text.slice(from))?.[0] ?? "";
  const start = from + prefix.length;
  const rest = text.slice(start);
  const common = { isNegated, prefix: prefix.slice(0, -1).toLowerCase() };
  const [quote] = rest;
  const end = quote === '"' || quote === "/" ? endOf(rest, quote) : -1;
  if (end !== -1 && (quote === '"' || quote === "/")) {
    return { token: { ...common, quote, text: rest.slice(1, end) }, length: start + end + 1 };
  }
  const length = lengthOfWord(rest);
  return {
    token: { ...common, quote: undefined, text: rest.slice(0, length) },
    length: start + length,
  };
}

/** The index of the closing quote, which a space or the end follows; -1 where there is none. */
function endOf(text: string, quote: string): number {
  for (let at = 1; at < text.length; at += 1) {
    const next = text[at + 1];
    if (text[at] === "\\" && quote === "/") {
      at += 1;
    } else if (text[at] === quote && (next === undefined || next === " ")) {
      return at;
    }
  }
  return -1;
}

function lengthOfWord(text: string): number {
  const space = text.search(/\s/u);
  return space === -1 ? text.length : space;
}

function termOf({ isNegated, prefix, quote, text }: Token): Term | Problem {
  if (prefix === "is") {
    const state = STATES.find((each) => each === text.toLowerCase());
    return state === undefined
      ? { problem: l10n.t("After is: comes one of {0}.", listed(STATES)) }
      : { kind: "state", state, isNegated };
  }
  if (prefix === "cost") {
    return costTerm(text, isNegated);
  }
  const where = prefix === "name" || prefix === "description" ? prefix : "both";
  if (quote === "/") {
    return isExpression(text)
      ? { kind: "expression", where, text, isNegated }
      : { problem: l10n.t("/{0}/ isn't a regular expression.", text) };
  }
  const kind = quote === undefined && /[*?]/u.test(text) ? "glob" : "text";
  return { kind, where, text: text.toLowerCase(), isNegated };
}

const COST = /^([<>])?(\d{1,9})$/u;

function costTerm(text: string, isNegated: boolean): Term | Problem {
  const [, sign, tokens] = COST.exec(text) ?? [];
  return tokens === undefined
    ? {
        problem: l10n.t("After cost: comes a number of tokens, such as {0} or {1}.", ">500", "<50"),
      }
    : { kind: "cost", is: sign === "<" ? "under" : "over", tokens: Number(tokens), isNegated };
}

/** Undefined where an expression takes too long. */
function meets<T extends { readonly shown: ExposedCapability }>(
  term: Term,
  all: readonly T[],
  { cost: costOf, waiting }: Facts<T>,
): readonly boolean[] | undefined {
  if (term.kind === "cost") {
    const isMet = (cost: number): boolean =>
      term.is === "over" ? cost > term.tokens : cost < term.tokens;
    return all.map((each) => {
      const cost = costOf?.(each);
      return cost !== undefined && isMet(cost);
    });
  }
  if (term.kind === "state") {
    const { state } = term;
    return state === "new" || state === "changed"
      ? all.map((each) => waiting?.(each) === state)
      : all.map(({ shown }) => isIn(state, shown));
  }
  const { kind, where, text } = term;
  const texts = all.map(({ shown }) => textsOf(where, shown));
  if (kind === "expression") {
    const flat = testEach(text, texts.flat());
    let at = 0;
    return (
      flat &&
      texts.map((own) => {
        at += own.length;
        return flat.slice(at - own.length, at).includes(true);
      })
    );
  }
  const fits = kind === "glob" ? fitsGlob : (each: string) => each.includes(text);
  return texts.map((own) => own.some((each) => fits(each.toLowerCase(), text)));
}

function textsOf(where: Where, shown: ExposedCapability): readonly string[] {
  const { name, label, exposedName, description = "" } = shown;
  switch (where) {
    case "name":
      return [name, label, exposedName];
    case "description":
      return [description];
    case "both":
      return [name, label, exposedName, description];
  }
}

/** Goes back to the last star only, so that it takes no more than text times glob. */
function fitsGlob(text: string, glob: string): boolean {
  let at = 0;
  let inGlob = 0;
  let star = -1;
  let resumed = 0;
  while (at < text.length) {
    if (glob[inGlob] === "*") {
      star = inGlob;
      inGlob += 1;
      resumed = at;
    } else if (inGlob < glob.length && (glob[inGlob] === "?" || glob[inGlob] === text[at])) {
      at += 1;
      inGlob += 1;
    } else if (star !== -1) {
      resumed += 1;
      at = resumed;
      inGlob = star + 1;
    } else {
      return false;
    }
  }
  return /^\**$/u.test(glob.slice(inGlob));
}

function isIn(
  state: Exclude<State, "new" | "changed">,
  { kind, enabled, overridden, capability }: ExposedCapability,
): boolean {
  switch (state) {
    case "on":
      return enabled;
    case "off":
      return !enabled;
    case "overridden":
      return overridden;
    case "tool":
    case "prompt":
      return kind === state;
    case "read-only":
      return hint(capability.source, "readOnlyHint") === true;
    case "destructive":
      return hint(capability.source, "destructiveHint") === true;
    case "open-world":
      return hint(capability.source, "openWorldHint") === true;
    case "unannotated":
      return HINTS.every((key) => hint(capability.source, key) === undefined);
  }
}

/** Source: the MCP specification, "Tool annotations". */
const HINTS = ["readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint"] as const;

function hint(
  source: ExposedCapability["capability"]["source"],
  key: (typeof HINTS)[number],
): boolean | undefined {
  const annotations = source["annotations"];
  const value = isRecord(annotations) ? annotations[key] : undefined;
  return typeof value === "boolean" ? value : undefined;
}
