export * from "./icons.ts";
export * from "./rows.ts";
export * from "./tooltips.ts";
