import * as l10n from "@vscode/l10n";
import { listed } from "../../base/text.ts";
import { type CapabilityKind, sectionOf } from "../catalogue/capability.ts";
import { aliasFormatProblem } from "../catalogue/names.ts";
import type { Field, PartRef, Value } from "../changes/change.ts";
import { OVERRIDE_KEYS, type OverrideKey } from "../servers/fields.ts";
import type { ProblemCode } from "./problem.ts";

/**
 * What a document of one kind consists of. The text, the checks, the completion and the schema all
 * follow from it.
 */
export interface PartShape {
  /** In the order of the document. */
  readonly keys: readonly KeyShape[];
  readonly sections: readonly SectionShape[];
  /** The field that says that the part is there; undefined for a part that always is. */
  readonly presence?: string;
}

/** A property with one value. */
export interface KeyShape {
  readonly key: string;
  readonly type: "text" | "flag" | "choice";
  /** The values of a choice. */
  readonly choices?: readonly Choice[];
  /** How a document writes that there is no value; undefined where it leaves the key out then. */
  readonly none?: null | "";
  /** What it means to leave the key out: no change, or no value. */
  readonly leftOut: "keeps" | "clears";
  /** Why a text can't be the value; undefined where it can. */
  readonly problem?: TextCheck;
  /** What the value means, for hovers and completion. */
  words(): string;
}

type TextCheck = (
  text: string,
) => { readonly code: ProblemCode; readonly message: string } | undefined;

export interface Choice {
  readonly value: string;
  words(): string;
}

/** An object whose keys are the names of parts. */
export interface SectionShape {
  readonly key: string;
  readonly kind: PartKind;
  readonly part: PartShape;
  words(): string;
}

/** The kinds of parts that documents have. */
export type PartKind = CapabilityKind | "mapping";

/** The key of all parts of a kind. */
export function sectionKey(kind: string): string {
  return kind === "tool" || kind === "prompt" ? sectionOf(kind) : "servers";
}

/** The path of a field in the document of its resource. */
export function fieldPath({ of, key }: Field): readonly string[] {
  return [...(of === undefined ? [] : partPath(of)), key];
}

/** The path of a part in the document of its resource. */
export function partPath({ kind, name, within }: PartRef): readonly string[] {
  return [...(within === undefined ? [] : partPath(within)), sectionKey(kind), name];
}

/** A place in a shape: a part, or a section of one. */
export type ShapeAt =
  | { readonly kind: "part"; readonly shape: PartShape; readonly of: PartRef | undefined }
  | {
      readonly kind: "section";
      readonly section: SectionShape;
      /** The part that has the section. */
      readonly within: PartRef | undefined;
    };

/** What the object at a path is; undefined where the shape has none. */
export function shapeAt(
  shape: PartShape,
  path: readonly string[],
  of?: PartRef,
): ShapeAt | undefined {
  const [key, name, ...below] = path;
  if (key === undefined) {
    return { kind: "part", shape, of };
  }
  const section = shape.sections.find((each) => each.key === key);
  if (section === undefined || name === undefined) {
    return section && { kind: "section", section, within: of };
  }
  return shapeAt(section.part, below, partRef(section.kind, name, of));
}

export function partRef(kind: PartKind, name: string, within: PartRef | undefined): PartRef {
  return within === undefined ? { kind, name } : { kind, name, within };
}

/** Makes a shape's keys from a table that has each of them. */
export function keysOf<Key extends string>(
  keys: readonly Key[],
  table: Readonly<Record<Key, Omit<KeyShape, "key">>>,
): readonly KeyShape[] {
  return keys.map((key) => ({ key, ...table[key] }));
}

/** Makes the check of a text that is too long or empty. */
export function ofLength(problemOf: (text: string) => string | undefined): TextCheck {
  return coded("document/length", problemOf);
}

export function coded(
  code: ProblemCode,
  problemOf: (text: string) => string | undefined,
): TextCheck {
  return (text) => {
    const message = problemOf(text);
    return message === undefined ? undefined : { code, message };
  };
}

/** The sections of a server's tools and prompts, each with its words. */
export function capabilitySections(
  part: PartShape,
  words: Readonly<Record<"tools" | "prompts", () => string>>,
): readonly SectionShape[] {
  return [
    { key: "tools", kind: "tool", part, words: words.tools },
    { key: "prompts", kind: "prompt", part, words: words.prompts },
  ];
}

/** The entry of a tool or prompt. The words say whose layer it is. */
export function entryShape(
  words: Readonly<Record<OverrideKey | "noDescription", () => string>>,
): PartShape {
  return {
    sections: [],
    keys: keysOf(OVERRIDE_KEYS, {
      enabled: { type: "flag", leftOut: "clears", words: words.enabled },
      alias: {
        type: "text",
        leftOut: "clears",
        problem: coded("name/alias-format", aliasFormatProblem),
        words: words.alias,
      },
      description: {
        type: "text",
        leftOut: "clears",
        problem: ofLength((text) => (text === "" ? words.noDescription() : undefined)),
        words: words.description,
      },
    }),
  };
}

/** The value of a property in words, for "This has to be …". */
export function expectedInWords({ type, choices = [] }: KeyShape): string {
  switch (type) {
    case "text":
      return l10n.t("a text");
    case "flag":
      return l10n.t("true or false");
    case "choice":
      return l10n.t("one of {0}", listed(choices.map(({ value }) => JSON.stringify(value))));
  }
}

/** The value that a text means; null for none. */
export function meant({ none }: KeyShape, value: Value): Value {
  return none !== undefined && value === "" ? null : value;
}
