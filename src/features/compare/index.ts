export * from "./compareWith.ts";
