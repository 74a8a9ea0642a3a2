export * from "./confirmDetach.ts";
export * from "./countedProgress.ts";
export * from "./deletion.ts";
export * from "./save.ts";
export * from "./saveOutcome.ts";
export * from "./undo.ts";
