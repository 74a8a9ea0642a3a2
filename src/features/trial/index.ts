export * from "./tryTool.ts";
