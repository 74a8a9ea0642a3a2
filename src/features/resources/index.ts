export { openDashboard } from "./openDashboard.ts";
export {
  noResources,
  pickResource,
  pickResources,
  resourceChoices,
  resourceRefs,
  resourceTargets,
} from "./resourceTargets.ts";
export { showNewer } from "./showNewer.ts";
