export * from "./alias.ts";
export * from "./commands.ts";
export * from "./description.ts";
export * from "./enablement.ts";
