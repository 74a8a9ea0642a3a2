export * from "./access.ts";
export * from "./commands.ts";
