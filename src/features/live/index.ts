export { connectedTo, liveTools } from "./connected.ts";
export * from "./verifyPortal.ts";
