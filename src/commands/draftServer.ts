import type { NewServer, Server } from "../model/server.ts";

/** A server that isn't at Cloudflare yet, for forms that ask about one. */
export function draftServer(server: NewServer): Server {
  return {
    id: server.id,
    name: server.name,
    description: undefined,
    hostname: server.hostname,
    authType: server.auth_type,
    authenticationStatus: undefined,
    authConfigSummary: undefined,
    status: "waiting",
    error: undefined,
    errorDetails: undefined,
    secureWebGateway: undefined,
    isSharedOauthCallbackEnabled: undefined,
    createdAt: undefined,
    createdBy: undefined,
    modifiedAt: undefined,
    modifiedBy: undefined,
    lastSynced: undefined,
    lastSuccessfulSync: undefined,
    tools: [],
    prompts: [],
    toolOverrides: new Map(),
    promptOverrides: new Map(),
    received: {},
  };
}
