export { connectedTo, liveTools } from "./connected.ts";
export type { LiveContext } from "./context.ts";
export * from "./verifyPortal.ts";
