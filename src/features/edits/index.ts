export * from "./confirmDetach.ts";
export * from "./save.ts";
export * from "./saveOutcome.ts";
export * from "./undo.ts";
