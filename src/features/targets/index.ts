export * from "./nodes.ts";
export * from "./pick.ts";
export * from "./resolve.ts";
