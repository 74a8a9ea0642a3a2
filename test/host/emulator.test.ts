import assert from "node:assert/strict";
import type { Emulator } from "../harness/emulator.ts";
import { startShippedEmulator } from "./support/emulator.ts";

describe("The emulator in the extension host", () => {
  let emulator: Emulator;
  before(async () => {
    emulator = await startShippedEmulator();
  });
  after(() => emulator.stop());

  it("answers with its token, and logs what it was asked", async () => {
    const path = `/accounts/${emulator.accountId}/access/ai-controls/mcp/servers`;
    const response = await fetch(`${emulator.url}${path}`, {
      headers: { authorization: `Bearer ${emulator.token}` },
    });
    assert.equal(response.status, 200);
    const log = await emulator.log();
    assert.deepEqual(
      log.map(({ method, path, status }) => [method, path, status]),
      [["GET", path, 200]],
    );
  });
});
