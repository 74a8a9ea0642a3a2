export * from "./icons.ts";
export * from "./tooltips.ts";
