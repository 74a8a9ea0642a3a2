export { costPages } from "./costPage.ts";
export * from "./showCost.ts";
