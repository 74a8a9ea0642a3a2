export * from "./confirmDetach.ts";
export * from "./countedProgress.ts";
export * from "./save.ts";
export * from "./saveOutcome.ts";
export * from "./undo.ts";
