/** What a server offers and a portal exposes: a tool or a prompt. */
export type CapabilityKind = "tool" | "prompt";

/** What a server's document calls all of a kind. */
export function sectionOf(kind: CapabilityKind): "tools" | "prompts" {
  return kind === "tool" ? "tools" : "prompts";
}

/**
 * One item of a synced catalogue. Everything in it was written by the upstream and is untrusted.
 * `source` is the item as Cloudflare sent it, nothing dropped.
 */
export interface Capability {
  readonly kind: CapabilityKind;
  readonly name: string;
  readonly description: string | undefined;
  readonly source: Readonly<Record<string, unknown>>;
}
