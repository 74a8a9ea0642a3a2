export * from "./accessNotices.ts";
export * from "./commands.ts";
export { type AccountsContext, openDemo, signIn } from "./signIn.ts";
