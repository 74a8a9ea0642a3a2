/** What a server offers and a portal exposes: a tool or a prompt. */
export type CapabilityKind = "tool" | "prompt";

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
