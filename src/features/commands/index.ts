export type { App } from "./app.ts";
export { registerCommands } from "./register.ts";
