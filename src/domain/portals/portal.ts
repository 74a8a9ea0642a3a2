import type { Open, Server } from "../servers/server.ts";

export type CodeMode = Open<"off" | "opt_in" | "default_on" | "enforced">;

/** An override as the API reports it for a portal: the portal's own values next to the server's. */
export interface PortalOverride {
  readonly name: string;
  readonly enabled?: boolean;
  readonly portal_alias?: string;
  readonly portal_description?: string;
  readonly server_alias?: string;
  readonly server_description?: string;
}

/** A server with its mapping in one portal. */
export interface PortalServer {
  readonly server: Server;
  readonly defaultDisabled: boolean;
  readonly onBehalf: boolean;
  readonly toolOverrides: ReadonlyMap<string, PortalOverride>;
  readonly promptOverrides: ReadonlyMap<string, PortalOverride>;
}

export interface Portal {
  readonly id: string;
  readonly name: string;
  readonly description: string | undefined;
  /** A DNS name without a scheme. A server's `hostname` is a full URL. */
  readonly hostname: string;
  readonly codeMode: CodeMode | undefined;
  readonly secureWebGateway: boolean | undefined;
  readonly servers: readonly PortalServer[];
  readonly createdAt: string | undefined;
  readonly createdBy: string | undefined;
  readonly modifiedAt: string | undefined;
  readonly modifiedBy: string | undefined;
  readonly received: Readonly<Record<string, unknown>>;
}
