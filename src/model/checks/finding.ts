import type { CapabilityKind } from "../capability.ts";
import type { Span } from "../document.ts";

export const SEVERITIES = ["error", "warning", "information", "hint"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** The tool or prompt that a finding is about. */
export interface Subject {
  readonly kind: CapabilityKind;
  readonly name: string;
}

/** The characters that gave rise to a finding. */
export interface Evidence {
  /** The whole text that was read. */
  readonly text: string;
  /** In UTF-16 code units of that text. */
  readonly span: Span;
}

/** What a rule found, before the settings have had their say. */
export interface Hit {
  readonly message: string;
  /** The property of the server's document that it is about. */
  readonly path: readonly string[];
  /** Undefined where it is about the server itself. */
  readonly subject?: Subject | undefined;
  readonly evidence?: Evidence;
  /** Found, but likely to be quoted or described rather than meant: one severity less. */
  readonly weak?: boolean;
}

/** One problem of one server. */
export interface Finding extends Hit {
  /** An id of the table of rules. */
  readonly rule: string;
  readonly severity: Severity;
}
