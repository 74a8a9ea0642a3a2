import type { ServerAddress } from "../../contributions.ts";
import type { Finding } from "../../model/checks/finding.ts";
import { FIX_KINDS, type FixKind } from "../../model/checks/fix.ts";

/** What a quick fix hands to its command: which finding is meant, and what to do about it. */
export interface FixRequest extends ServerAddress {
  readonly rule: string;
  /** "tool", "prompt", or "" for the server itself. */
  readonly kind: string;
  readonly name: string;
  /** "" for what isn't a change of overrides or switches. */
  readonly fix: string;
}

export function requestOf(address: ServerAddress, finding: Finding, fix: FixKind | ""): FixRequest {
  const { rule, subject } = finding;
  const { accountId, serverId } = address;
  return { accountId, serverId, rule, kind: subject?.kind ?? "", name: subject?.name ?? "", fix };
}

const KEYS = ["accountId", "serverId", "rule", "kind", "name", "fix"] as const;

/** Anyone can call a command with anything. */
export function isRequest(value: unknown): value is FixRequest {
  if (typeof value !== "object" || value === null) return false;
  return KEYS.every((key) => typeof Reflect.get(value, key) === "string");
}

export function isAbout({ rule, kind, name }: FixRequest, finding: Finding): boolean {
  const { subject } = finding;
  return finding.rule === rule && (subject?.kind ?? "") === kind && (subject?.name ?? "") === name;
}

export function fixKind(text: string): FixKind | undefined {
  return FIX_KINDS.find((kind) => kind === text);
}
