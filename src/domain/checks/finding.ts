import { sectionOf } from "../catalogue/capability.ts";
import type { Span } from "../documents/serverDocument.ts";
import type { CapabilityRef, OverrideKey } from "../servers/fields.ts";
import type { FixKind } from "./fixes.ts";

export const SEVERITIES = ["error", "warning", "information", "hint"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** The characters that caused a finding. */
export interface Evidence {
  /** The whole text in which they stand. */
  readonly text: string;
  /** In UTF-16 code units of `text`. */
  readonly span: Span;
}

/** A rule's result, before the settings are applied. */
export interface Hit {
  readonly message: string;
  /** The property of the server's document that the finding is about. */
  readonly path: readonly string[];
  /** The tool or prompt that the finding is about; undefined for the server itself. */
  readonly subject?: CapabilityRef | undefined;
  readonly evidence?: Evidence;
  /** The text probably quotes or describes an attack; the finding gets one severity less. */
  readonly weak?: boolean;
  /** Overrides the rule's severity for this one result. */
  readonly severity?: Severity;
}

/**
 * Accepts a tool's changed hints, offers a choice of tools to disable, or copies a report for those
 * who wrote the tool.
 */
export type RuleCommand = "accept" | "chooseDisabled" | "copyReport";

/** One problem of one server. */
export interface Finding extends Hit {
  /** An id from the table of rules. */
  readonly rule: string;
  readonly severity: Severity;
  /** Edits that fix the problem, the best first; left out where only another command helps. */
  readonly fixes?: readonly FixKind[];
  /** The command that helps with it besides. */
  readonly command?: RuleCommand;
}

/** The place of a problem that has no property of its own. */
export const ON_NAME: readonly string[] = ["name"];

/** The path of a tool or prompt, or of one of its overridden fields, in the server's document. */
export function placeOf({ kind, name }: CapabilityRef, field?: OverrideKey): readonly string[] {
  return field === undefined ? [sectionOf(kind), name] : [sectionOf(kind), name, field];
}
