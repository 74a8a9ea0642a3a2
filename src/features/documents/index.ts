export * from "./comparison.ts";
export * from "./definitions.ts";
export * from "./jsonService.ts";
export * from "./openDocuments.ts";
export * from "./resourceDocuments.ts";
export * from "./revealDescription.ts";
export * from "./staleDrafts.ts";
