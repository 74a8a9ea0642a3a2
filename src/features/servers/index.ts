export * from "./addServer.ts";
export * from "./commands.ts";
export * from "./deleteServer.ts";
export * from "./editServer.ts";
export * from "./showDetails.ts";
export * from "./upstreamCredentials.ts";
export * from "./view.ts";
