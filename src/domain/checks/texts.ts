import * as l10n from "@vscode/l10n";
import { about } from "../../base/text.ts";
import { excerpt } from "../../base/unseen.ts";
import type { ExposedCapability } from "../catalogue/serverCatalogue.ts";
import { type Hit, placeOf } from "./finding.ts";
import type { TextHit, TextRule } from "./rule.ts";
import type { Prefilter } from "./security/prefilter.ts";
import type { Scanned } from "./security/scanned.ts";
import { SHAPE } from "./security/shapes.ts";
import type { KnownNames } from "./security/toolNames.ts";

/** The kinds of texts that a tool or prompt has. */
type TextField =
  | "name"
  | "alias"
  | "title"
  | "description"
  | "ownDescription"
  | "parameter"
  | "result"
  | "argument"
  | "annotation"
  | "meta";

/** `detail` is the parameter or argument that the text belongs to. */
type Visit = (text: string, field: TextField, detail: string | undefined) => void;

/**
 * Visits every text of a tool or prompt that a client is shown. An override is visited in place of
 * the upstream's text, because otherwise no override could fix a finding.
 */
function visitTexts({ resolved, capability }: ExposedCapability, visit: Visit): void {
  const { name, description } = resolved;
  visit(name.value, name.from === "upstream" ? "name" : "alias", undefined);
  const { source } = capability;
  if (typeof source["title"] === "string") {
    visit(source["title"], "title", undefined);
  }
  if (description.value !== undefined) {
    const isOwn = description.from !== "upstream";
    visit(description.value, isOwn ? "ownDescription" : "description", undefined);
  }
  const reader = new TreeReader(visit);
  reader.read(source["inputSchema"], "parameter");
  reader.read(source["outputSchema"], "result");
  reader.read(source["arguments"], "argument");
  reader.read(source["annotations"], "annotation");
  reader.read(source["_meta"], "meta");
}

/** Arrays count too, with their indexes as keys. */
type Branch = Readonly<Record<string, unknown>>;

interface Waiting {
  readonly branch: Branch;
  readonly detail: string | undefined;
  /** True when its keys are names that an author chose. */
  readonly isNames: boolean;
}

/** Walks trees without recursion, because a stranger decides how deep a schema is. */
class TreeReader {
  #field: TextField = "parameter";
  readonly #visit: Visit;
  readonly #waiting: Waiting[] = [];

  constructor(visit: Visit) {
    this.#visit = visit;
  }

  read(root: unknown, field: TextField): void {
    if (!isBranch(root)) {
      return;
    }
    this.#field = field;
    this.#waiting.push({ branch: root, detail: undefined, isNames: false });
    for (let next = this.#waiting.pop(); next !== undefined; next = this.#waiting.pop()) {
      const { branch, detail, isNames } = next;
      if (Array.isArray(branch)) {
        for (const item of branch) {
          this.#take(item, detail, false);
        }
      } else if (isNames) {
        this.#readNamed(branch);
      } else {
        this.#readKeys(branch, nameIn(branch) ?? detail);
      }
    }
  }

  #readNamed(branch: Branch): void {
    for (const name in branch) {
      this.#visit(name, this.#field, name);
      this.#take(branch[name], name, false);
    }
  }

  #readKeys(branch: Branch, detail: string | undefined): void {
    for (const key in branch) {
      const holds = HOLDING.get(key);
      if (holds !== "vocabulary") {
        this.#take(branch[key], detail, holds === "names");
      }
    }
  }

  #take(value: unknown, detail: string | undefined, isNames: boolean): void {
    if (typeof value === "string") {
      this.#visit(value, this.#field, detail);
    } else if (isBranch(value)) {
      this.#waiting.push({ branch: value, detail, isNames });
    }
  }
}

function isBranch(value: unknown): value is Branch {
  return typeof value === "object" && value !== null;
}

/** Keys of a schema with names that an author chose below them, or with fixed vocabulary. */
const HOLDING: ReadonlyMap<string, "names" | "vocabulary"> = new Map([
  ["properties", "names"],
  ["$defs", "names"],
  ["definitions", "names"],
  ["type", "vocabulary"],
  ["format", "vocabulary"],
  ["$schema", "vocabulary"],
  ["$ref", "vocabulary"],
  ["required", "vocabulary"],
  ["contentEncoding", "vocabulary"],
]);

/** The arguments of a prompt have their names next to their descriptions. */
function nameIn({ name }: Branch): string | undefined {
  return typeof name === "string" ? name : undefined;
}

/**
 * Most findings of one rule in one text. A hostile text may match a thousand times; a person reads
 * the first few.
 */
const MOST_A_TEXT = 5;

/** A text in which a rule may find something. */
export interface FlaggedText extends TextPlace {
  readonly text: string;
  /** The shapes in it, of which there is one at least. */
  readonly flags: number;
}

/** The texts of a tool or prompt in which a rule may find something. */
export function flaggedTexts(
  shown: ExposedCapability,
  prefilter: Prefilter,
): readonly FlaggedText[] {
  const flagged: FlaggedText[] = [];
  visitTexts(shown, (text, field, detail) => {
    const flags = prefilter.scan(text);
    if (flags !== 0) {
      flagged.push({ text, field, detail, flags });
    }
  });
  return flagged;
}

/** Applies the text rules to one text of a tool or prompt. */
export function textHits(
  shown: ExposedCapability,
  flagged: FlaggedText,
  known: KnownNames,
  prefilter: Prefilter,
): readonly (readonly [TextRule, Hit])[] {
  const { text, flags } = flagged;
  const asked = prefilter.wanting(flags);
  const hits = asked.length === 0 ? [] : hitsIn(text, flags, asked, known, prefilter);
  if (hits.length === 0) {
    return [];
  }
  const isRaised = confirmEachOther(hits);
  return hits.map(([rule, hit]) => {
    const raised = isRaised && rule.tellsIntent === true && hit.weak !== true;
    const place = located(shown, flagged, text, hit);
    return [rule, raised ? { ...place, severity: "error" } : place] as const;
  });
}

/** True where two rules found different words of one text that tell what its author intends. */
function confirmEachOther(hits: readonly (readonly [TextRule, TextHit])[]): boolean {
  const strong = hits.filter(([rule, { weak }]) => rule.tellsIntent === true && weak !== true);
  const [first, ...others] = strong;
  return others.some(
    ([rule, { start, end }]) =>
      first !== undefined && rule !== first[0] && (start >= first[1].end || end <= first[1].start),
  );
}

/** A rule never reads more than this at once, in UTF-16 code units. */
const PIECE = 64 * 1024;
/** The overlap of two pieces, so that a match across their border lies whole in one of them. */
const OVERLAP = 4 * 1024;

type FoundHit = readonly [TextRule, TextHit];

function hitsIn(
  text: string,
  flags: number,
  rules: readonly TextRule[],
  known: KnownNames,
  prefilter: Prefilter,
): readonly FoundHit[] {
  const found: FoundHit[] = [];
  if (text.length > PIECE) {
    const pieces = piecesOf(text, known, prefilter);
    for (const rule of rules) {
      addFirst(found, rule, hitsInPieces(pieces, rule));
    }
    return found;
  }
  const whole = prefilter.scanned(text, flags, known);
  for (const rule of rules) {
    if (rule.mayFind?.(whole) !== false) {
      addFirst(found, rule, rule.check(whole));
    }
  }
  return found;
}

function addFirst(found: FoundHit[], rule: TextRule, hits: Iterable<TextHit>): void {
  for (const hit of first(MOST_A_TEXT, hits)) {
    found.push([rule, hit]);
  }
}

interface Piece {
  readonly offset: number;
  /** The rules that have something to look for in it. */
  readonly rules: readonly TextRule[];
  readonly scanned: Scanned;
}

function piecesOf(text: string, known: KnownNames, prefilter: Prefilter): readonly Piece[] {
  const pieces: Piece[] = [];
  for (let offset = 0; offset === 0 || offset + OVERLAP < text.length; offset += PIECE - OVERLAP) {
    const piece = text.slice(offset, offset + PIECE);
    const flags = prefilter.scan(piece);
    const rules = prefilter.wanting(flags);
    pieces.push({ offset, rules, scanned: prefilter.scanned(piece, flags, known) });
  }
  return pieces;
}

/** The overlap is read twice, so each hit is reported by its place once. */
function* hitsInPieces(pieces: readonly Piece[], rule: TextRule): Iterable<TextHit> {
  const told = new Set<number>();
  for (const { offset, rules, scanned: piece } of pieces) {
    if (!rules.includes(rule)) {
      continue;
    }
    for (const hit of first(MOST_A_TEXT, rule.check(piece))) {
      const start = offset + hit.start;
      if (!told.has(start)) {
        told.add(start);
        yield { ...hit, start, end: offset + hit.end };
      }
    }
  }
}

function* first<T>(most: number, all: Iterable<T>): Iterable<T> {
  let count = 0;
  for (const each of all) {
    yield each;
    count += 1;
    if (count === most) {
      return;
    }
  }
}

interface TextPlace {
  readonly field: TextField;
  readonly detail: string | undefined;
}

function located(
  { kind, name }: ExposedCapability,
  place: TextPlace,
  text: string,
  { start, end, message, weak }: TextHit,
): Hit {
  const subject = { kind, name };
  return {
    message: about(placeInWords(place), message),
    subject,
    path: placeOf(subject, propertyOf(place)),
    evidence: { text, span: { offset: start, length: end - start } },
    ...(weak === true ? { weak } : {}),
  };
}

/** The property of the document that holds the text; undefined for the upstream's texts. */
function propertyOf({ field }: TextPlace): "alias" | "description" | undefined {
  if (field === "alias") {
    return "alias";
  }
  return field === "ownDescription" ? "description" : undefined;
}

function placeInWords({ field, detail }: TextPlace): string {
  const named = excerpt(detail ?? "", 0, detail?.length ?? 0);
  switch (field) {
    case "name":
      return l10n.t("Name");
    case "alias":
      return l10n.t("Alias");
    case "title":
      return l10n.t("Title");
    case "description":
    case "ownDescription":
      return l10n.t("Description");
    case "parameter":
      return named === "" ? l10n.t("Input schema") : l10n.t("Parameter {0}", named);
    case "result":
      return named === "" ? l10n.t("Output schema") : l10n.t("Result {0}", named);
    case "argument":
      return named === "" ? l10n.t("Arguments") : l10n.t("Argument {0}", named);
    case "annotation":
      return l10n.t("Annotations");
    case "meta":
      return l10n.t("Metadata");
  }
}

/** A text that contains an identifier of several words, which may name a tool. */
export interface NamingText {
  readonly shown: ExposedCapability;
  readonly text: string;
  /** True for the description of an override. */
  readonly isOwn: boolean;
}

/** Only a sentence names something else: a text without a blank is itself a name. */
export function namingText(
  shown: ExposedCapability,
  { text, field, flags }: FlaggedText,
): NamingText | undefined {
  return (flags & SHAPE.identifier) !== 0 && text.includes(" ")
    ? { shown, text, isOwn: field === "ownDescription" }
    : undefined;
}
