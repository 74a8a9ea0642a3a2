export * from "./definitions.ts";
export * from "./openDocuments.ts";
export * from "./schema.ts";
export * from "./staleDrafts.ts";
