import { sectionOf } from "../catalogue/capability.ts";
import type { Span } from "../documents/serverDocument.ts";
import type { CapabilityRef, OverrideKey } from "../servers/fields.ts";
import type { FixKind } from "./fixes.ts";

export const SEVERITIES = ["error", "warning", "information", "hint"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** The characters that gave rise to a finding. */
export interface Evidence {
  /** The whole text that was read. */
  readonly text: string;
  /** In UTF-16 code units of that text. */
  readonly span: Span;
}

/** A rule's result, before the settings are applied. */
export interface Hit {
  readonly message: string;
  /** The property of the server's document that it is about. */
  readonly path: readonly string[];
  /** The tool or prompt that it is about; undefined where it is about the server itself. */
  readonly subject?: CapabilityRef | undefined;
  readonly evidence?: Evidence;
  /** Found, but likely to be quoted or described rather than meant: one severity less. */
  readonly weak?: boolean;
  /** Where this one is worse than what the rule usually finds. */
  readonly severity?: Severity;
}

/** One problem of one server. */
export interface Finding extends Hit {
  /** An id of the table of rules. */
  readonly rule: string;
  readonly severity: Severity;
  /** Edits that fix the problem, the best first; left out where only another command helps. */
  readonly fixes?: readonly FixKind[];
}

/** A problem without a property of its own is shown on the server's name. */
export const ON_NAME: readonly string[] = ["name"];

/** Where a tool or prompt, or one of its overridden fields, stands in the server's document. */
export function placeOf({ kind, name }: CapabilityRef, field?: OverrideKey): readonly string[] {
  return field === undefined ? [sectionOf(kind), name] : [sectionOf(kind), name, field];
}
