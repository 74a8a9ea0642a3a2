export { confirmPreview } from "./preview.ts";
export * from "./selectTools.ts";
