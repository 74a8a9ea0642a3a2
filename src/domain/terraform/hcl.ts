/** Something that is written as it stands: a reference or a type. Never made from untrusted text. */
export interface HclExpression {
  readonly expression: string;
}

export type HclValue =
  | string
  | number
  | boolean
  | null
  | HclExpression
  | HclObject
  | readonly HclValue[];

/** In the order in which its attributes are written. */
export interface HclObject {
  readonly attributes: readonly HclAttribute[];
  /** All on one line; the attributes of others have a line each. */
  readonly isShort?: boolean;
}

export type HclAttribute = readonly [name: string, value: HclValue];

/** Something between braces: `resource "type" "label" { … }`. Its blocks come after its attributes. */
export interface HclBlock {
  readonly type: string;
  readonly labels: readonly string[];
  readonly attributes: readonly HclAttribute[];
  readonly blocks?: readonly HclBlock[];
}

/** A file as `terraform fmt` leaves it. */
export function hclFile(blocks: readonly HclBlock[]): string {
  return blocks.map((block) => `${blockText(block, "")}\n`).join("\n");
}

function blockText({ type, labels, attributes, blocks = [] }: HclBlock, indent: string): string {
  const inner = `${indent}  `;
  const head = [type, ...labels.map(hclString)].join(" ");
  const parts = [
    ...(attributes.length === 0 ? [] : [attributesText(attributes, inner)]),
    ...blocks.map((block) => `${inner}${blockText(block, inner)}`),
  ];
  return parts.length === 0 ? `${head} {}` : `${head} {\n${parts.join("\n\n")}\n${indent}}`;
}

/** Attributes of one line each, next to each other, have their signs in one column. */
function attributesText(attributes: readonly HclAttribute[], indent: string): string {
  const written = attributes.map(([name, value]) => ({ name, text: valueText(value, indent) }));
  return written
    .map(({ name, text }, index) => {
      const width = text.includes("\n") ? name.length : widthAround(written, index);
      return `${indent}${name.padEnd(width)} = ${text}`;
    })
    .join("\n");
}

interface Written {
  readonly name: string;
  readonly text: string;
}

/** The longest name of the run of one-line attributes that this one is in. */
function widthAround(written: readonly Written[], index: number): number {
  const isLong = ({ text }: Written) => text.includes("\n");
  const first = written.findLastIndex((each, at) => at < index && isLong(each)) + 1;
  const end = written.findIndex((each, at) => at > index && isLong(each));
  const run = written.slice(first, end < 0 ? written.length : end);
  return Math.max(...run.map(({ name }) => name.length));
}

function valueText(value: HclValue, indent: string): string {
  if (typeof value === "string") {
    return hclString(value);
  }
  if (value === null || typeof value === "boolean" || typeof value === "number") {
    return String(value);
  }
  if ("expression" in value) {
    return value.expression;
  }
  const inner = `${indent}  `;
  if (!("attributes" in value)) {
    const items = value.map((item) => `${inner}${valueText(item, inner)},\n`);
    return items.length === 0 ? "[]" : `[\n${items.join("")}${indent}]`;
  }
  if (value.attributes.length === 0) {
    return "{}";
  }
  return value.isShort === true
    ? `{ ${value.attributes.map(([name, each]) => `${name} = ${valueText(each, inner)}`).join(", ")} }`
    : `{\n${attributesText(value.attributes, inner)}\n${indent}}`;
}

/**
 * An untrusted text as a quoted string. In it Terraform evaluates what stands in `${…}` and `%{…}`,
 * which `$${` and `%%{` keep from it. Source: Terraform's documentation, "Strings and Templates".
 */
export function hclString(text: string): string {
  const escaped = text
    .toWellFormed()
    .replaceAll("\\", "\\\\")
    .replaceAll('"', '\\"')
    .replace(/[$%](?=\{)/gu, (sign) => sign + sign)
    .replace(UNPRINTABLE, escapedCharacter);
  return `"${escaped}"`;
}

/** Controls, ends of lines that editors know, and what reorders a text on a screen. */
const UNPRINTABLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the pattern looks for these characters.
  /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

function escapedCharacter(character: string): string {
  switch (character) {
    case "\n":
      return "\\n";
    case "\r":
      return "\\r";
    case "\t":
      return "\\t";
    default:
      return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  }
}

/**
 * A name for a block, made of an untrusted text: letters, digits, `_` and `-`, and it begins with a
 * letter or `_`.
 * @param taken the names that there are; the new one is added
 */
export function hclLabel(text: string, taken: Set<string>): string {
  const plain = text.replaceAll(/[^A-Za-z0-9_-]/gu, "_");
  const label = /^[A-Za-z_]/u.test(plain) ? plain : `_${plain}`;
  let free = label;
  for (let count = 2; taken.has(free); count += 1) {
    free = `${label}_${count}`;
  }
  taken.add(free);
  return free;
}
