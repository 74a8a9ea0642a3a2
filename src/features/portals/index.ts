export { PortalsView } from "./view.ts";
