import { memoize } from "../../base/memo.ts";
import { sectionOf } from "../catalogue/capability.ts";
import type { OverrideValues } from "../catalogue/overrides.ts";
import type { Span } from "../documents/places.ts";
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
  /** The property of the server's or portal's document that the finding is about. */
  readonly path: readonly string[];
  /** The tool or prompt that the finding is about; undefined for the server or portal itself. */
  readonly subject?: CapabilityRef | undefined;
  /** In a portal, the server whose mapping the finding is about. */
  readonly mapping?: string;
  /** The values that a fix brings back. */
  readonly lost?: OverrideValues;
  readonly evidence?: Evidence;
  /** The text probably quotes or describes an attack; the finding gets one severity less. */
  readonly weak?: boolean;
  /** Overrides the rule's severity for this one result. */
  readonly severity?: Severity;
}

/**
 * What helps beside a fix. `copyReport` is for those who wrote the tool, `forgetLost` drops an
 * override that nobody wants back.
 */
export type RuleCommand =
  | "accept"
  | "chooseDisabled"
  | "copyReport"
  | "addServers"
  | "addToPortal"
  | "removeServer"
  | "selectTools"
  | "forgetLost"
  | "explain"
  | "useAdminCredential"
  | "compareLive";

/** One problem of one server or portal. */
export interface Finding extends Hit {
  /** An id from the table of rules. */
  readonly rule: string;
  readonly severity: Severity;
  /** Edits that fix the problem, the best first; left out where only another command helps. */
  readonly fixes?: readonly FixKind[];
  /** The command that helps with it besides. */
  readonly command?: RuleCommand;
}

/** Those of a portal's findings that are about one of its mappings. */
export function findingsInMapping(
  findings: readonly Finding[],
  serverId: string,
): readonly Finding[] {
  return findings.length === 0 ? findings : (byMapping(findings).get(serverId) ?? NONE);
}

const NONE: readonly Finding[] = [];

/** Groups the findings once, because every row of a portal asks for them. */
const byMapping = memoize((findings: readonly Finding[]) =>
  Map.groupBy(findings, ({ mapping }) => mapping),
);

/** The place of a problem that has no property of its own. */
export const ON_NAME: readonly string[] = ["name"];

/** The path of a server's mapping, or of a property below it, in the portal's document. */
export function placeInPortal(serverId: string, below: readonly string[] = []): readonly string[] {
  return ["servers", serverId, ...below];
}

/** The path of a tool or prompt, or of one of its overridden fields, in the server's document. */
export function placeOf({ kind, name }: CapabilityRef, field?: OverrideKey): readonly string[] {
  return field === undefined ? [sectionOf(kind), name] : [sectionOf(kind), name, field];
}

/** True for what Cloudflare itself reports of a server. */
export function isHealth({ rule }: Pick<Finding, "rule">): boolean {
  return rule.startsWith("health/");
}
