export * from "./applyToAccount.ts";
export * from "./compareWith.ts";
export * from "./exportTerraform.ts";
export * from "./saveToWorkspace.ts";
