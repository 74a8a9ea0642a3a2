import type { ExposedCapability } from "../catalogue.ts";

/** Which text of a tool or prompt it is. */
export type TextField =
  | "name"
  | "alias"
  | "title"
  | "description"
  | "ownDescription"
  | "parameter"
  | "result"
  | "argument"
  | "annotation";

/** `detail` is the parameter or argument that the text belongs to. */
type Visit = (text: string, field: TextField, detail: string | undefined) => void;

/**
 * Every text of a tool or prompt that a client is shown: where an override stands before the
 * upstream's text, the override, or else no override could be the mend.
 */
export function visitTexts(
  { alias, name, override, capability }: ExposedCapability,
  visit: Visit,
): void {
  if (alias === undefined) visit(name, "name", undefined);
  else visit(alias, "alias", undefined);
  const { source } = capability;
  if (typeof source["title"] === "string") visit(source["title"], "title", undefined);
  if (override?.description !== undefined) visit(override.description, "ownDescription", undefined);
  else if (capability.description !== undefined)
    visit(capability.description, "description", undefined);
  visitTree(source["inputSchema"], "parameter", visit);
  visitTree(source["outputSchema"], "result", visit);
  visitTree(source["arguments"], "argument", visit);
  visitTree(source["annotations"], "annotation", visit);
}

/** What a schema's own vocabulary says, and no author. */
const VOCABULARY = new Set(["type", "format", "$schema", "$ref", "required", "contentEncoding"]);

interface Branch {
  readonly value: unknown;
  readonly detail: string | undefined;
  /** Whether its keys are names that an author gave. */
  readonly isNames: boolean;
}

/** By hand and not by recursion: the depth of a schema is up to a stranger. */
function visitTree(root: unknown, field: TextField, visit: Visit): void {
  if (typeof root !== "object" || root === null) return;
  const rest: Branch[] = [{ value: root, detail: undefined, isNames: false }];
  for (let branch = rest.pop(); branch !== undefined; branch = rest.pop()) {
    const { value, detail } = branch;
    if (typeof value === "string") visit(value, field, detail);
    else if (typeof value !== "object" || value === null) continue;
    else if (Array.isArray(value)) {
      for (const item of value) rest.push({ value: item, detail, isNames: false });
    } else pushKeys(branch, value, field, visit, rest);
  }
}

function pushKeys(
  { detail, isNames }: Branch,
  value: object,
  field: TextField,
  visit: Visit,
  rest: Branch[],
): void {
  for (const key of Object.keys(value)) {
    const child: unknown = Reflect.get(value, key);
    if (isNames) {
      visit(key, field, key);
      rest.push({ value: child, detail: key, isNames: false });
    } else if (!VOCABULARY.has(key)) {
      rest.push({ value: child, detail: nameIn(value) ?? detail, isNames: NAMING.has(key) });
    }
  }
}

/** Keys below these are names that an author gave. */
const NAMING = new Set(["properties", "$defs", "definitions"]);

/** A prompt's arguments carry their names beside their descriptions. */
function nameIn(value: object): string | undefined {
  const name: unknown = "name" in value ? value.name : undefined;
  return typeof name === "string" ? name : undefined;
}
