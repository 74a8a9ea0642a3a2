export { copyAllOverrides } from "./copyAllOverrides.ts";
export { accountsWithout, createElsewhere } from "./createElsewhere.ts";
