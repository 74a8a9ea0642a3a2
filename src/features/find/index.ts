export * from "./filter.ts";
export * from "./find.ts";
