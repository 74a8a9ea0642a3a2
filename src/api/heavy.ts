/** What `connect` loads with the first call, and tests and benchmarks straight away. */
export { createAccountsClient } from "./accounts.ts";
export { createClient } from "./client.ts";
export { createTransport } from "./wire/open.ts";
