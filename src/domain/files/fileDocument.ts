import type { Field, FieldChange, PartRef, Value } from "../changes/change.ts";
import type { DocumentContent, PartContent } from "../documents/parse.ts";
import type { DocumentProblem } from "../documents/problem.ts";
import {
  documentText,
  type NamedCapability,
  type ResourceDocument,
} from "../documents/resourceDocument.ts";
import type { PartKind, PartShape } from "../documents/shape.ts";
import { type Server, shownUrl } from "../servers/server.ts";
import { type FileKind, schemaReference } from "./filePaths.ts";
import { FILE_SHAPES } from "./fileShapes.ts";

/** A resource as its file has it: its document, and what only a file says. */
export class FileDocument implements ResourceDocument {
  readonly shape: PartShape;
  readonly #document: ResourceDocument;
  readonly #own: ReadonlyMap<string, Value>;
  #text: string | undefined;

  constructor(kind: FileKind, document: ResourceDocument, own: ReadonlyMap<string, Value>) {
    this.shape = FILE_SHAPES[kind];
    this.#document = document;
    this.#own = new Map([["$schema", schemaReference(kind)], ...own]);
  }

  get name(): string {
    return this.#document.name;
  }

  get text(): string {
    this.#text ??= documentText(this);
    return this.#text;
  }

  value(field: Field): Value {
    return (field.of === undefined && this.#own.get(field.key)) || this.#document.value(field);
  }

  /** A file has a URL without its secrets. */
  same(field: Field, one: Value, other: Value): boolean {
    if (field.of === undefined && field.key === "hostname") {
      return shownValue(one) === shownValue(other);
    }
    return this.#document.same(field, one, other);
  }

  listed(within: PartRef | undefined, kind: PartKind): Iterable<string> {
    return this.#document.listed(within, kind);
  }

  known(within: PartRef | undefined, kind: PartKind): ReadonlySet<string> {
    return this.#document.known(within, kind);
  }

  /** A portal's file without its servers changes none of them. */
  isNeeded(within: PartRef | undefined, kind: PartKind): boolean {
    return kind !== "mapping" && this.#document.isNeeded(within, kind);
  }

  leftOut(field: Field, owner: PartContent | undefined): Value {
    return this.#document.leftOut(field, owner);
  }

  capabilities(of: PartRef | undefined): Iterable<NamedCapability> {
    return this.#document.capabilities(of);
  }

  problems(content: DocumentContent): readonly DocumentProblem[] {
    return this.#document.problems(content);
  }

  meaningful(changes: readonly FieldChange[]): readonly FieldChange[] {
    return this.#document.meaningful(changes);
  }
}

function shownValue(value: Value): Value {
  return typeof value === "string" ? shownUrl(value) : value;
}

/** What a server's file says beside its document. */
export function ownValues({ hostname, authType }: Server): ReadonlyMap<string, Value> {
  return new Map([
    ["hostname", shownUrl(hostname)],
    ["auth_type", authType],
  ]);
}
