export * from "./verifyPortal.ts";
