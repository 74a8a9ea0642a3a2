import type { CapabilityKind } from "../catalogue/capability.ts";
import type { Field, FieldChange, PartRef, Value } from "../changes/change.ts";
import type { DocumentContent, PartContent } from "./parse.ts";
import type { DocumentProblem } from "./problem.ts";
import type { PartKind, PartShape, SectionShape } from "./shape.ts";

/**
 * A resource as its document has it: all that an administrator may change of it. What a text of
 * any kind means follows from the shape, and this tells the rest.
 */
export interface ResourceDocument {
  /** The name of the resource. */
  readonly name: string;
  readonly shape: PartShape;
  /** The whole text, with the values that are there now. */
  readonly text: string;
  /** The value as the document shows it; null for none. */
  value(field: Field): Value;
  /** True when two values of a field mean the same. */
  same(field: Field, one: Value, other: Value): boolean;
  /** The names that the document lists in a section of a part, in its order. */
  listed(within: PartRef | undefined, kind: PartKind): Iterable<string>;
  /** The names that a section may have. */
  known(within: PartRef | undefined, kind: PartKind): ReadonlySet<string>;
  /** True where leaving a section out would remove something. */
  isNeeded(within: PartRef | undefined, kind: PartKind): boolean;
  /**
   * The value of a field that a text leaves out and that has no value then.
   * @param owner the part in which the field's own part stands; undefined where that is left out
   */
  leftOut(field: Field, owner: PartContent | undefined): Value;
  /** The tools and prompts of a part, whose names and aliases share one space. */
  capabilities(of: PartRef | undefined): Iterable<NamedCapability>;
  /** Problems that the shape can't know. */
  problems(content: DocumentContent): readonly DocumentProblem[];
  /** The changes without those that change nothing, or that Cloudflare would refuse. */
  meaningful(changes: readonly FieldChange[]): readonly FieldChange[];
}

export interface NamedCapability {
  readonly kind: CapabilityKind;
  readonly name: string;
  /** Its name where the document gives it no alias. */
  readonly label: string;
}

/** What a document's text is made from. */
export type Source = Pick<ResourceDocument, "shape" | "value" | "listed">;

/** The text of a document. */
export function documentText(source: Source): string {
  return `${partText(source, source.shape, undefined, "")}\n`;
}

/**
 * A part without its name. One without sections stands on one line.
 * @param indent of the line on which it begins
 */
function partText(
  source: Source,
  { keys, sections }: PartShape,
  of: PartRef | undefined,
  indent: string,
): string {
  const properties: string[] = [];
  for (const { key, none } of keys) {
    const value = source.value({ of, key });
    if (value !== null || none !== undefined) {
      properties.push(property(key, value ?? none));
    }
  }
  if (sections.length === 0) {
    return `{ ${properties.join(", ")} }`;
  }
  const inner = `${indent}  `;
  const lines = [
    ...properties,
    ...sections.map((section) => sectionText(source, section, of, inner)),
  ];
  return `{\n${lines.map((line) => `${inner}${line}`).join(",\n")}\n${indent}}`;
}

/**
 * A section with its key, as the document has it. Written as text, because an object would move a
 * tool named `7` before all others.
 */
export function sectionText(
  source: Source,
  { key, kind, part }: SectionShape,
  within: PartRef | undefined,
  indent = "  ",
): string {
  const inner = `${indent}  `;
  const entries = [...source.listed(within, kind)].map(
    (name) => `${inner}${entryText(source, { kind, part }, { name, within }, inner)}`,
  );
  return entries.length === 0
    ? `${JSON.stringify(key)}: {}`
    : `${JSON.stringify(key)}: {\n${entries.join(",\n")}\n${indent}}`;
}

/**
 * One part of a section with its name.
 * @param indent of the line on which it begins
 */
export function entryText(
  source: Source,
  { kind, part }: Pick<SectionShape, "kind" | "part">,
  { name, within }: Pick<PartRef, "name" | "within">,
  indent: string,
): string {
  return `${JSON.stringify(name)}: ${partText(source, part, { kind, name, within }, indent)}`;
}

/** Keys are words that need no escape. Most values are switches, and a large account has many. */
function property(key: string, value: unknown): string {
  return `"${key}": ${typeof value === "boolean" ? value : JSON.stringify(value)}`;
}
