export * from "./definitions.ts";
export * from "./openDocuments.ts";
export * from "./resourceDocuments.ts";
export * from "./schema.ts";
export * from "./staleDrafts.ts";
