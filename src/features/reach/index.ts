export * from "./explain.ts";
export * from "./tellUnpublished.ts";
