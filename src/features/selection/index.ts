export * from "./selectTools.ts";
