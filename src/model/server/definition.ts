import { overrideArray } from "./overrides.ts";
import type { NewServer, Server } from "./server.ts";

/** What would register this server anew, but for its credential, which nobody gets back. */
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
