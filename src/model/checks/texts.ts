import type { ExposedCapability } from "../server/catalogue.ts";

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

function visitTree(root: unknown, field: TextField, visit: Visit): void {
  if (isBranch(root)) new TreeReader(field, visit).read(root);
}

/** A list too: its keys are the numbers of its places. */
type Branch = Readonly<Record<string, unknown>>;

interface Waiting {
  readonly branch: Branch;
  readonly detail: string | undefined;
  /** Whether its keys are names that an author gave. */
  readonly isNames: boolean;
}

/** By hand and not by recursion: the depth of a schema is up to a stranger. */
class TreeReader {
  readonly #field: TextField;
  readonly #visit: Visit;
  readonly #waiting: Waiting[] = [];

  constructor(field: TextField, visit: Visit) {
    this.#field = field;
    this.#visit = visit;
  }

  read(root: Branch): void {
    this.#waiting.push({ branch: root, detail: undefined, isNames: false });
    for (let next = this.#waiting.pop(); next !== undefined; next = this.#waiting.pop()) {
      const { branch, detail, isNames } = next;
      if (Array.isArray(branch)) for (const item of branch) this.#take(item, detail, false);
      else if (isNames) this.#readNamed(branch);
      else this.#readKeys(branch, nameIn(branch) ?? detail);
    }
  }

  #readNamed(branch: Branch): void {
    for (const name of Object.keys(branch)) {
      this.#visit(name, this.#field, name);
      this.#take(branch[name], name, false);
    }
  }

  #readKeys(branch: Branch, detail: string | undefined): void {
    for (const key of Object.keys(branch)) {
      const holds = HOLDING.get(key);
      if (holds !== "vocabulary") this.#take(branch[key], detail, holds === "names");
    }
  }

  #take(value: unknown, detail: string | undefined, isNames: boolean): void {
    if (typeof value === "string") this.#visit(value, this.#field, detail);
    else if (isBranch(value)) this.#waiting.push({ branch: value, detail, isNames });
  }
}

function isBranch(value: unknown): value is Branch {
  return typeof value === "object" && value !== null;
}

/** Keys of a schema below which there are names that an author gave, or words that none did. */
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

/** A prompt's arguments carry their names beside their descriptions. */
function nameIn({ name }: Branch): string | undefined {
  return typeof name === "string" ? name : undefined;
}
