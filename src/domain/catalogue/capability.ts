import type { NewServer, Server } from "../servers/server.ts";
import { overrideArray } from "./overrides.ts";

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

/**
 * The body that would register this server again. It has no credential, because Cloudflare never
 * returns one.
 */
export function definitionOf(server: Server): NewServer {
  const { description, secureWebGateway, isSharedOauthCallbackEnabled } = server;
  const tools = overrideArray(server.toolOverrides, server.tools);
  const prompts = overrideArray(server.promptOverrides, server.prompts);
  return {
    id: server.id,
    name: server.name,
    hostname: server.hostname,
    auth_type: server.authType,
    ...(description === undefined ? {} : { description }),
    ...(secureWebGateway === undefined ? {} : { secure_web_gateway: secureWebGateway }),
    ...(isSharedOauthCallbackEnabled === undefined
      ? {}
      : { is_shared_oauth_callback_enabled: isSharedOauthCallbackEnabled }),
    ...(tools.length === 0 ? {} : { updated_tools: tools }),
    ...(prompts.length === 0 ? {} : { updated_prompts: prompts }),
  };
}
