import type { Emulator } from "../../harness/emulator.ts";

/**
 * The requests since the last call: method, path relative to the account's servers, body. Leaves out
 * the looks at what stands beside portals, which come in their own time.
 */
export async function takeWire(emulator: Emulator): Promise<readonly string[]> {
  const log = (await emulator.log()).filter(({ path }) => !BESIDE.test(path));
  await emulator.clearLog();
  const prefix = `/accounts/${emulator.accountId}/access/ai-controls/mcp`;
  return log.map(({ method, path, body }) =>
    [method, path.replace(prefix, ""), ...(body === null ? [] : [JSON.stringify(body)])].join(" "),
  );
}

const BESIDE = /^\/(?:zones|accounts\/\w+\/access\/apps)(?:\/|$)/u;

/** The bodies of all PUTs in the log. Keeps the log. */
export async function putBodies(emulator: Emulator): Promise<readonly unknown[]> {
  const log = await emulator.log();
  return log.filter(({ method }) => method === "PUT").map(({ body }) => body);
}
