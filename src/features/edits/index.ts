export * from "./save.ts";
export * from "./undo.ts";
