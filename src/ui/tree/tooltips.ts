/** What the tree shows when the mouse rests: a chunk of its own, which activation doesn't load. */
export { capabilityTooltip } from "./capabilityTooltip.ts";
export { serverTooltip } from "./tooltip.ts";
