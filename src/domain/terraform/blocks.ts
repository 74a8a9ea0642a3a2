import { type HclAttribute, type HclBlock, type HclValue, hclLabel } from "./hcl.ts";

/** By labels that are all different. */
export function labelled<T extends { readonly id: string }>(
  items: readonly T[],
  nameOf: (item: T) => string = ({ id }) => id,
): ReadonlyMap<string, T> {
  const taken = new Set<string>();
  return new Map(items.map((item) => [hclLabel(nameOf(item), taken), item]));
}

export function resourceBlock(
  type: string,
  label: string,
  attributes: readonly HclAttribute[],
): HclBlock {
  return { type: "resource", labels: [type, label], attributes };
}

/** @param id as the provider's documentation of the resource composes it */
export function importBlock(type: string, label: string, id: string): HclBlock {
  return {
    type: "import",
    labels: [],
    attributes: [
      ["to", { expression: `${type}.${label}` }],
      ["id", id],
    ],
  };
}

/** No attribute where there is no value. */
export function given(name: string, value: HclValue | undefined): readonly HclAttribute[] {
  return value === undefined ? [] : [[name, value]];
}

export const ACCOUNT: HclAttribute = ["account_id", { expression: "var.cloudflare_account_id" }];

export const SERVER_TYPE = "cloudflare_zero_trust_access_ai_controls_mcp_server";
export const PORTAL_TYPE = "cloudflare_zero_trust_access_ai_controls_mcp_portal";

/** A reference to a server of the configuration, or the id of one that isn't in it. */
export function serverReference(serverId: string, labels: ReadonlyMap<string, string>): HclValue {
  const label = labels.get(serverId);
  return label === undefined ? serverId : { expression: `${SERVER_TYPE}.${label}.id` };
}
