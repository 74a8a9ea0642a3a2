import { isRecord, type JsonRecord, readJsonRecord } from "../../base/json.ts";
import { memoize } from "../../base/memo.ts";
import type { Value } from "../changes/change.ts";
import type { DocumentContent, PartContent, Parts } from "./parse.ts";
import { type Places, placesIn, type Span } from "./places.ts";
import type { DocumentProblem } from "./problem.ts";
import { type KeyShape, meant, type PartShape } from "./shape.ts";

/**
 * Reads a text that is plain JSON and has no problem, several times faster than a parser that knows
 * places. Undefined for any other text. Places are looked for when somebody asks for one.
 */
export function readPlain(text: string, shape: PartShape): DocumentContent | undefined {
  const value = readJsonRecord(text);
  if (value === undefined) {
    return undefined;
  }
  const reader = new PlainReader(text);
  const content = reader.part(shapeIndex(shape), value);
  return content !== undefined && hasEachKeyOnce(text, reader.keys) ? content : undefined;
}

const WHOLE: Span = { offset: 0, length: 1 };

/**
 * False where JSON.parse has dropped one of two equal keys. Also false for some texts with a value that
 * looks like a key, which the slower parser then reads.
 */
function hasEachKeyOnce(text: string, keys: number): boolean {
  let found = 0;
  for (let at = text.indexOf('":'); at >= 0; at = text.indexOf('":', at + 2)) {
    found += 1;
  }
  return found === keys && !SPACED.some((each) => text.includes(each));
}

/** A key that isn't followed by its colon at once isn't counted. */
const SPACED = [" :", "\t:", "\n:", "\r:"];

interface ShapeIndex {
  readonly keys: ReadonlyMap<string, KeyShape>;
  readonly sections: ReadonlyMap<string, ShapeIndex>;
}

const shapeIndex = memoize(
  ({ keys, sections }: PartShape): ShapeIndex => ({
    keys: new Map(keys.map((each) => [each.key, each])),
    sections: new Map(sections.map(({ key, part }) => [key, shapeIndex(part)])),
  }),
);

/** Where a part stands: under its name, in a section of another part. */
interface At {
  readonly within: PlainPart;
  readonly section: string;
}

const NO_SECTIONS = new Map<string, Parts>();

/** Reads the parts of a text and counts their keys. Looks for places once somebody asks for one. */
class PlainReader {
  keys = 0;
  readonly #text: string;
  #places: Places | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  get places(): Places {
    this.#places ??= placesIn(this.#text);
    return this.#places;
  }

  /** Undefined where anything is wrong with it. */
  part(shape: ShapeIndex, object: JsonRecord, at?: At, name = ""): PlainPart | undefined {
    const sections = shape.sections.size === 0 ? NO_SECTIONS : new Map<string, Parts>();
    const part = new PlainPart(this, shape, object, sections, at, name);
    for (const key of Object.keys(object)) {
      this.keys += 1;
      const value = object[key];
      const known = shape.keys.get(key);
      if (known === undefined) {
        const parts = this.#parts(shape.sections.get(key), value, part, key);
        if (parts === undefined) {
          return undefined;
        }
        sections.set(key, parts);
      } else if (readValue(known, value) === undefined) {
        return undefined;
      }
    }
    return part;
  }

  #parts(
    shape: ShapeIndex | undefined,
    object: unknown,
    within: PlainPart,
    section: string,
  ): Parts | undefined {
    if (shape === undefined || !isRecord(object)) {
      return undefined;
    }
    const parts = new Map<string, PartContent>();
    const at: At = { within, section };
    for (const name of Object.keys(object)) {
      this.keys += 1;
      const value = object[name];
      const part =
        isRecord(value) && !isIndex(name) ? this.part(shape, value, at, name) : undefined;
      if (part === undefined) {
        return undefined;
      }
      parts.set(name, part);
    }
    return parts;
  }
}

/** JSON.parse puts keys that look like an index before all others. */
function isIndex(name: string): boolean {
  const first = name.charCodeAt(0);
  return first >= ZERO && first <= NINE;
}

const ZERO = "0".charCodeAt(0);
const NINE = "9".charCodeAt(0);

const NO_PROBLEMS: readonly DocumentProblem[] = [];

type PlainValues = ReadonlyMap<string, PlainValue>;

class PlainValue {
  readonly value: Value;
  readonly #reader: PlainReader;
  readonly #path: () => readonly string[];

  constructor(value: Value, reader: PlainReader, path: () => readonly string[]) {
    this.value = value;
    this.#reader = reader;
    this.#path = path;
  }

  get span(): Span {
    return this.#reader.places.value(this.#path()) ?? WHOLE;
  }
}

/** A part whose values and places are made when somebody asks for them. */
class PlainPart implements DocumentContent {
  readonly sections: ReadonlyMap<string, Parts>;
  readonly #reader: PlainReader;
  readonly #shape: ShapeIndex;
  readonly #object: JsonRecord;
  readonly #at: At | undefined;
  readonly #key: string;
  #known: PlainValues | undefined;

  constructor(
    reader: PlainReader,
    shape: ShapeIndex,
    object: JsonRecord,
    sections: ReadonlyMap<string, Parts>,
    at: At | undefined,
    key: string,
  ) {
    this.#reader = reader;
    this.#shape = shape;
    this.#object = object;
    this.sections = sections;
    this.#at = at;
    this.#key = key;
    this.#known = undefined;
  }

  get problems(): readonly DocumentProblem[] {
    return NO_PROBLEMS;
  }

  get name(): Span {
    return this.#reader.places.key(this.#path()) ?? WHOLE;
  }

  get values(): PlainValues {
    this.#known ??= this.#read();
    return this.#known;
  }

  #path(): readonly string[] {
    return this.#at === undefined ? [] : [...this.#at.within.#path(), this.#at.section, this.#key];
  }

  #read(): PlainValues {
    const values = new Map<string, PlainValue>();
    for (const [key, value] of Object.entries(this.#object)) {
      const shape = this.#shape.keys.get(key);
      const read = shape && readValue(shape, value);
      if (read !== undefined) {
        const path = (): readonly string[] => [...this.#path(), key];
        values.set(key, new PlainValue(read, this.#reader, path));
      }
    }
    return values;
  }
}

/** Undefined where the value isn't one that the shape takes. */
function readValue(shape: KeyShape, value: unknown): Value | undefined {
  if (value === null) {
    return shape.none === undefined ? undefined : null;
  }
  if (shape.type === "flag") {
    return typeof value === "boolean" ? value : undefined;
  }
  return typeof value === "string" && shape.problem?.(value) === undefined
    ? meant(shape, value)
    : undefined;
}
