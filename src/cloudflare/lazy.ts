export { createAccountsClient } from "./accounts.ts";
export { createClient } from "./client.ts";
export { createTransport } from "./transport/createTransport.ts";
