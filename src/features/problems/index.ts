export { carryOver } from "./carryOver.ts";
export { checkSettings } from "./checkSettings.ts";
export * from "./findings.ts";
export * from "./fixAll.ts";
export * from "./fixProblems.ts";
export * from "./ignored.ts";
export * from "./remedies.ts";
