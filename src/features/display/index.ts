export * from "./costOrder.ts";
export * from "./costWords.ts";
export * from "./icons.ts";
export * from "./portalTooltips.ts";
export * from "./problemRows.ts";
export * from "./rowDetails.ts";
export * from "./rows.ts";
export * from "./tooltips.ts";
