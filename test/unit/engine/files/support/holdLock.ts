import { FileLocks } from "../../../../../src/engine/files/locks.ts";

/** A window that takes a lock and never releases it. */
const [folder = ""] = process.argv.slice(2);
await new FileLocks(folder).run("server", async () => {
  process.send?.("held");
  await new Promise(() => undefined);
});
