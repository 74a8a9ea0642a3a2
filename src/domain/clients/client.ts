import type { JsonRecord } from "../../base/json.ts";
import type { ClientId } from "./clientIds.ts";
import type { ConstructKind } from "./constructs.ts";

/**
 * What a client does with a tool, the worst first. Refused: the model's API refuses the request or
 * the session, or the client the whole list. Dropped: the client leaves the tool out. Altered: the
 * tool arrives changed, without a word. Deferred: the tool is found by search first, and costs
 * little until then.
 */
export const EFFECTS = ["refused", "dropped", "altered", "deferred"] as const;
export type Effect = (typeof EFFECTS)[number];

/** What a rule looks for in a tool or prompt. */
export type Match =
  | { readonly of: "construct"; readonly kind: ConstructKind }
  /** A keyword anywhere in the input schema. */
  | { readonly of: "keyword"; readonly among: ReadonlySet<string> }
  /** A tool's name that is longer than the client's naming allows. */
  | { readonly of: "nameLength" }
  /** An exposed name of a tool that doesn't match. */
  | { readonly of: "nameForm"; readonly form: RegExp }
  /** Two tools whose names the client can't tell apart, from the second on. */
  | { readonly of: "sameName" }
  /** An exposed name of a prompt that doesn't match. */
  | { readonly of: "promptName"; readonly form: RegExp }
  /** A tool's description, of which a layer may have another than the upstream. */
  | { readonly of: "descriptionLength"; readonly most: number }
  | { readonly of: "noDescription" };

/** The part of a tool's definition that models read. */
export interface ModelDefinition {
  readonly name: string;
  readonly description?: string;
  readonly inputSchema?: JsonRecord;
}

/** One row of a client's table. */
export interface ClientRule {
  readonly match: Match;
  readonly effect: Effect;
  /** What is lost besides the tool: the request to the model, or the list of all tools. */
  readonly loses?: "request" | "list";
  /** What the client does and why, in one sentence. */
  readonly why: () => string;
  /** Who says so. */
  readonly source: string;
  /** The version or the month in which it was seen first. */
  readonly since: string;
  /** The models for which alone it holds; such a rule doesn't decide the effect by itself. */
  readonly models?: () => string;
  /** How the definition is altered. It may change the schemas in place, because they are copies. */
  readonly alter?: (definition: ModelDefinition) => ModelDefinition;
}

/** How many tools a client takes at once, all of its servers together. */
export interface CountLimit {
  readonly most: number;
  /** `refused`: the request fails. `dropped`: the tools after the last one are left out. */
  readonly effect: "refused" | "dropped";
  readonly why: () => string;
  readonly source: string;
  readonly since: string;
  readonly models?: () => string;
}

/** From how many tools of all servers on a client searches instead of sending them all. */
export interface Deferral {
  readonly from: number;
  readonly source: string;
  readonly since: string;
  readonly models?: () => string;
}

/** Everything that is known of one client. */
export interface Client {
  readonly id: ClientId;
  /** Its own name for itself, the same in every language. */
  readonly name: string;
  readonly rules: readonly ClientRule[];
  readonly limit?: CountLimit;
  readonly defers?: Deferral;
}
