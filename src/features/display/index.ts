export * from "./icons.ts";
export * from "./portalTooltips.ts";
export * from "./rows.ts";
export * from "./tooltips.ts";
