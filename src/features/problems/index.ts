export * from "./fixAll.ts";
export * from "./fixProblems.ts";
export * from "./ignored.ts";
