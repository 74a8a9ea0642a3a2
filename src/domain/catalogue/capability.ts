/** A tool or a prompt, which a server offers and a portal exposes. */
export type CapabilityKind = "tool" | "prompt";

/** The key of all capabilities of a kind in a server's document. */
export function sectionOf(kind: CapabilityKind): "tools" | "prompts" {
  return kind === "tool" ? "tools" : "prompts";
}

/**
 * One item of a synced catalogue. The upstream wrote all of it, so all of it is untrusted. `source`
 * is the whole item as Cloudflare sent it.
 */
export interface Capability {
  readonly kind: CapabilityKind;
  readonly name: string;
  readonly description: string | undefined;
  readonly source: Readonly<Record<string, unknown>>;
}
