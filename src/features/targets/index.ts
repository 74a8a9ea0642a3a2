export * from "./filterWords.ts";
export * from "./pick.ts";
export * from "./portalNodes.ts";
export * from "./portalTargets.ts";
export * from "./resolve.ts";
export * from "./treeContext.ts";
export * from "./treeNodes.ts";
export * from "./viewMessage.ts";
