import assert from "node:assert/strict";
import { call, emulatorForAll, list, names, object, readServer } from "./support/calling.ts";

describe("emulator: a generated account", () => {
  const emulator = emulatorForAll({ generate: { servers: 10_000, tools: 25 } });

  it("serves any page of ten thousand servers with about 750 bytes a tool", async () => {
    const { body } = await call(emulator(), "GET", "/servers?page=100&per_page=100");
    assert.deepEqual(body["result_info"], {
      count: 100,
      page: 100,
      per_page: 100,
      total_count: 10_000,
    });
    const last = object(list(body["result"]).at(-1));
    assert.equal(last["id"], "server-10000");
    const bytes = JSON.stringify(last["tools"]).length / 25;
    assert(bytes > 700 && bytes < 800, `${bytes} bytes a tool`);
  });

  it("shows a write on the page that was served before", async () => {
    await call(emulator(), "GET", "/servers?per_page=100");
    await call(emulator(), "PUT", "/servers/server-00001", { name: "Renamed" });
    const { body } = await call(emulator(), "GET", "/servers?per_page=100");
    assert.equal(names(body["result"])[0], "Renamed");
  });

  it("syncs a generated server for real, to the same catalogue", async () => {
    const before = await readServer(emulator(), "server-04711");
    await call(emulator(), "POST", "/servers/server-04711/sync");
    const after = await readServer(emulator(), "server-04711");
    assert.equal(after["status"], "ready");
    assert.deepEqual(after["tools"], before["tools"]);
  });
});

describe("emulator: a generated account with portals", () => {
  const size = { servers: 200, tools: 5, portals: 4, serversPerPortal: 80 };
  const emulator = emulatorForAll({ generate: size });

  it("has so many portals, each with so many servers, of which every third is an allowlist", async () => {
    const { body } = await call(emulator(), "GET", "/portals?per_page=50");
    const portals = list(body["result"]).map(object);
    assert.equal(portals.length, 4);
    for (const portal of portals) {
      const mappings = list(portal["servers"]).map(object);
      assert.equal(mappings.length, 80);
      const allowlists = mappings.filter((mapping) => mapping["default_disabled"] === true);
      assert.equal(allowlists.length, 26);
      for (const mapping of mappings) {
        assert.deepEqual(names(mapping["updated_tools"]), names(mapping["tools"]));
      }
    }
  });
});
