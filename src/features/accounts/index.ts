export * from "./accessNotices.ts";
export * from "./commands.ts";
