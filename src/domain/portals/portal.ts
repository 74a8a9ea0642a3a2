import type { Override, Overrides } from "../catalogue/overrides.ts";
import type { Open, Server } from "../servers/server.ts";

/** The kind of a portal in a Ref. */
export const PORTAL = "portal";

export const CODE_MODES = ["off", "opt_in", "default_on", "enforced"] as const;
export type CodeMode = Open<(typeof CODE_MODES)[number]>;

/** What a portal's answer tells of a server that it exposes. The server's own answer tells more. */
export type MappedServer = Pick<
  Server,
  | "id"
  | "name"
  | "authType"
  | "status"
  | "tools"
  | "prompts"
  /** Aliases and descriptions. Whether the server itself disables something isn't told. */
  | "toolOverrides"
  | "promptOverrides"
>;

/** A server's place in a portal: its switches and overrides there. */
export interface Mapping {
  readonly serverId: string;
  /** What has no override that says otherwise is off, so that new tools are. */
  readonly defaultDisabled: boolean;
  /** Each user signs in to the upstream; else the administrator's credential is used. */
  readonly onBehalf: boolean;
  /** The portal's own layer, under the names of a request. */
  readonly toolOverrides: Overrides;
  readonly promptOverrides: Overrides;
  /** Undefined for a mapping that no answer of this window has told yet. */
  readonly server: MappedServer | undefined;
  /** Keys that neither this version nor the server's own object knows: a PUT keeps them. */
  readonly others: Readonly<Record<string, unknown>>;
}

/** A portal: what it exposes, and where. Times are ISO 8601 texts, as received. */
export interface Portal {
  readonly id: string;
  readonly name: string;
  readonly description: string | undefined;
  /** A DNS name without a scheme. A server's `hostname` is a full URL. */
  readonly hostname: string;
  readonly codeMode: CodeMode | undefined;
  /** `undefined` where Cloudflare didn't send the switch. */
  readonly secureWebGateway: boolean | undefined;
  /** By server id, in the order of the answer, which is Cloudflare's own. */
  readonly mappings: ReadonlyMap<string, Mapping>;
  readonly createdAt: string | undefined;
  readonly createdBy: string | undefined;
  readonly modifiedAt: string | undefined;
  readonly modifiedBy: string | undefined;
  /** As received, but of each server only what the portal itself decides. */
  readonly received: Readonly<Record<string, unknown>>;
}

/** An element of a PUT's `servers`. */
export interface MappingPatch {
  readonly server_id: string;
  readonly default_disabled: boolean;
  readonly on_behalf: boolean;
  readonly updated_tools: readonly Override[];
  readonly updated_prompts: readonly Override[];
}

/** Keys of a PUT. A key that is left out keeps its value; `servers` replaces all mappings. */
export interface PortalPatch {
  readonly name?: string;
  readonly hostname?: string;
  readonly description?: string;
  readonly secure_web_gateway?: boolean;
  readonly code_mode?: CodeMode;
  /** The older switch. Cloudflare refuses a pair that disagrees. */
  readonly allow_code_mode?: boolean;
  readonly servers?: readonly MappingPatch[];
}

/** Body of a POST that creates a portal. */
export interface NewPortal {
  readonly id: string;
  readonly name: string;
  readonly hostname: string;
  readonly description?: string;
  readonly secure_web_gateway?: boolean;
  readonly code_mode?: CodeMode;
  readonly servers?: readonly MappingPatch[];
}

/** Where an upstream's sign-in page sends the users of a portal back to. */
export interface RedirectUri {
  readonly uri: string;
  /** `shared_mcp22` is Cloudflare's own address, which all portals share. */
  readonly source: Open<"per_portal" | "shared_mcp22">;
}
