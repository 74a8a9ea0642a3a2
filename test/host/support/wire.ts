import type { Emulator } from "../../harness/emulator.ts";

/** What the wire saw since it was asked last: method, path below the account's servers, body. */
export async function takeWire(emulator: Emulator): Promise<readonly string[]> {
  const log = await emulator.log();
  await emulator.clearLog();
  const prefix = `/accounts/${emulator.accountId}/access/ai-controls/mcp`;
  return log.map(({ method, path, body }) =>
    [method, path.replace(prefix, ""), ...(body === null ? [] : [JSON.stringify(body)])].join(" "),
  );
}

/** What every PUT in the log has sent. The log stays. */
export async function putBodies(emulator: Emulator): Promise<readonly unknown[]> {
  const log = await emulator.log();
  return log.filter(({ method }) => method === "PUT").map(({ body }) => body);
}
