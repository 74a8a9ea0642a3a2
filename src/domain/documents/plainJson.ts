import { isRecord, type JsonRecord, readJsonRecord } from "../../base/json.ts";
import { memoize } from "../../base/memo.ts";
import type { Value } from "../changes/change.ts";
import type { DocumentContent, Parts } from "./parse.ts";
import { type Places, placesIn, type Span } from "./places.ts";
import type { DocumentProblem } from "./problem.ts";
import { type KeyShape, meant, type PartShape } from "./shape.ts";

/**
 * Reads a text that is plain JSON and has no problem, several times faster than a parser that knows
 * places. Undefined for any other text. What the text says, and where, is made when somebody asks for it.
 */
export function readPlain(text: string, shape: PartShape): DocumentContent | undefined {
  const value = readJsonRecord(text);
  if (value === undefined) {
    return undefined;
  }
  const index = shapeIndex(shape);
  const counter = new KeyCounter();
  const isPlain = counter.takesPart(index, value) && counter.keys === keysWritten(text);
  return isPlain ? new PlainPart({ text, places: undefined }, index, value) : undefined;
}

const WHOLE: Span = { offset: 0, length: 1 };

/**
 * How many keys a text has, with those that JSON.parse drops for an equal one. Another number for some
 * texts with a value that looks like a key, and for a key that isn't followed by its colon at once; the
 * slower parser reads those.
 */
function keysWritten(text: string): number {
  let found = 0;
  for (let at = text.indexOf(":"); at >= 0; at = text.indexOf(":", at + 1)) {
    const before = text.charCodeAt(at - 1);
    if (before === QUOTE) {
      found += 1;
    } else if (before <= SPACE) {
      return Number.NaN;
    }
  }
  return found;
}

const QUOTE = '"'.charCodeAt(0);
const SPACE = " ".charCodeAt(0);

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

/**
 * Looks through a parsed text and counts its keys. Objects of JSON.parse have no other keys than their
 * own.
 */
class KeyCounter {
  keys = 0;

  /** False where anything is wrong with it. */
  takesPart(shape: ShapeIndex, object: JsonRecord): boolean {
    for (const key in object) {
      this.keys += 1;
      const value = object[key];
      const known = shape.keys.get(key);
      const isFine =
        known === undefined
          ? this.#takesParts(shape.sections.get(key), value)
          : readValue(known, value) !== undefined;
      if (!isFine) {
        return false;
      }
    }
    return true;
  }

  #takesParts(shape: ShapeIndex | undefined, object: unknown): boolean {
    if (shape === undefined || !isRecord(object)) {
      return false;
    }
    for (const name in object) {
      this.keys += 1;
      const value = object[name];
      if (!isRecord(value) || isIndex(name) || !this.takesPart(shape, value)) {
        return false;
      }
    }
    return true;
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

/** The text that all of its parts share, and its places once somebody has asked for one. */
interface PlainText {
  readonly text: string;
  places: Places | undefined;
}

function placesOf(source: PlainText): Places {
  source.places ??= placesIn(source.text);
  return source.places;
}

/** Where a part stands: under its name, in a section of another part. */
interface At {
  readonly within: PlainPart;
  readonly section: string;
  readonly name: string;
}

type PlainValues = ReadonlyMap<string, PlainValue>;

class PlainValue {
  readonly value: Value;
  readonly #source: PlainText;
  readonly #path: () => readonly string[];

  constructor(value: Value, source: PlainText, path: () => readonly string[]) {
    this.value = value;
    this.#source = source;
    this.#path = path;
  }

  get span(): Span {
    return placesOf(this.#source).value(this.#path()) ?? WHOLE;
  }
}

/** A part whose values, sections and places are made when somebody asks for them. */
class PlainPart implements DocumentContent {
  readonly #source: PlainText;
  readonly #shape: ShapeIndex;
  readonly #object: JsonRecord;
  readonly #at: At | undefined;
  #values: PlainValues | undefined;
  #sections: ReadonlyMap<string, Parts> | undefined;

  constructor(source: PlainText, shape: ShapeIndex, object: JsonRecord, at?: At) {
    this.#source = source;
    this.#shape = shape;
    this.#object = object;
    this.#at = at;
  }

  get problems(): readonly DocumentProblem[] {
    return NO_PROBLEMS;
  }

  get name(): Span {
    return placesOf(this.#source).key(this.#path()) ?? WHOLE;
  }

  get values(): PlainValues {
    this.#values ??= this.#readValues();
    return this.#values;
  }

  get sections(): ReadonlyMap<string, Parts> {
    this.#sections ??= this.#readSections();
    return this.#sections;
  }

  #path(): readonly string[] {
    const at = this.#at;
    return at === undefined ? [] : [...at.within.#path(), at.section, at.name];
  }

  #readValues(): PlainValues {
    const values = new Map<string, PlainValue>();
    for (const [key, value] of Object.entries(this.#object)) {
      const shape = this.#shape.keys.get(key);
      const read = shape && readValue(shape, value);
      if (read !== undefined) {
        const path = (): readonly string[] => [...this.#path(), key];
        values.set(key, new PlainValue(read, this.#source, path));
      }
    }
    return values;
  }

  #readSections(): ReadonlyMap<string, Parts> {
    const sections = new Map<string, Parts>();
    for (const key in this.#object) {
      const shape = this.#shape.sections.get(key);
      const parts = this.#object[key];
      if (shape !== undefined && isRecord(parts)) {
        const make = (name: string, object: JsonRecord): PlainPart =>
          new PlainPart(this.#source, shape, object, { within: this, section: key, name });
        sections.set(key, new PlainParts(parts, make));
      }
    }
    return sections;
  }
}

/** The parts of a section. Most are only asked for their names. */
class PlainParts implements ReadonlyMap<string, PlainPart> {
  readonly #objects: JsonRecord;
  readonly #make: (name: string, object: JsonRecord) => PlainPart;
  readonly #made = new Map<string, PlainPart>();
  #names: readonly string[] | undefined;

  constructor(objects: JsonRecord, make: (name: string, object: JsonRecord) => PlainPart) {
    this.#objects = objects;
    this.#make = make;
  }

  get size(): number {
    return this.#allNames().length;
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#objects, name);
  }

  get(name: string): PlainPart | undefined {
    const made = this.#made.get(name);
    if (made !== undefined || !this.has(name)) {
      return made;
    }
    const object = this.#objects[name];
    const part = isRecord(object) ? this.#make(name, object) : undefined;
    if (part !== undefined) {
      this.#made.set(name, part);
    }
    return part;
  }

  forEach(run: (part: PlainPart, name: string, parts: PlainParts) => void): void {
    for (const [name, part] of this) {
      run(part, name, this);
    }
  }

  keys(): MapIterator<string> {
    return this.#allNames().values();
  }

  *values(): MapIterator<PlainPart> {
    for (const [, part] of this) {
      yield part;
    }
  }

  *entries(): MapIterator<[string, PlainPart]> {
    for (const name of this.#allNames()) {
      const part = this.get(name);
      if (part !== undefined) {
        yield [name, part];
      }
    }
  }

  [Symbol.iterator](): MapIterator<[string, PlainPart]> {
    return this.entries();
  }

  #allNames(): readonly string[] {
    this.#names ??= Object.keys(this.#objects);
    return this.#names;
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
