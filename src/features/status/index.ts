export * from "./commands.ts";
export * from "./contextKeys.ts";
