export * from "./conflicts.ts";
export * from "./save.ts";
export * from "./undo.ts";
