export * from "./addPortal.ts";
export * from "./copyRedirectUri.ts";
export * from "./deletePortal.ts";
export * from "./editPortal.ts";
export * from "./mappings.ts";
export * from "./openPortal.ts";
export * from "./switches.ts";
export { PortalsView } from "./view.ts";
