import { deepEqual, equal } from "node:assert/strict";
import { Editing } from "../support/documents.ts";
import { setUpSuite } from "../support/fixture.ts";

describe("A document of 2,000 tools", () => {
  const { account } = setUpSuite({ emulator: ["--servers", "1", "--tools", "2000"] });

  it("opens, checks, and saves no more than the one tool that changed", async () => {
    const [server] = (await account.exports.tree.getChildren()) ?? [];
    if (server?.kind !== "server") {
      throw new Error("There is no server.");
    }
    const editing = await Editing.open(account, server.serverId);
    const [, name] = /"([^"]+)": \{ "enabled": true/.exec(editing.document.getText()) ?? [];
    await account.emulator.clearLog();
    await editing.replace('"enabled": true', '"enabled": false');
    equal(await editing.save(), true);
    deepEqual(await account.wire(), [
      `GET /servers/${server.serverId}`,
      `PUT /servers/${server.serverId} {"updated_tools":[{"name":"${name}","enabled":false}]}`,
      `GET /servers/${server.serverId}`,
    ]);
    await editing.close();
  });
});
