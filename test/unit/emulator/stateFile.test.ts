import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Emulator, startEmulator } from "../../../src/emulator/start.ts";
import { call, object, readServer } from "./support/calling.ts";
import { endPrograms, startProgram } from "./support/processes.ts";

const main = "src/emulator/main.ts";

describe("emulator: the state file", () => {
  let folder = "";
  const emulators: Emulator[] = [];
  const file = () => join(folder, "inner", "state.json");
  const start = async (seed: "demo" | "empty" = "demo") => {
    const emulator = await startEmulator({ seed, stateFile: file(), lockWaitMs: 0 });
    emulators.push(emulator);
    return emulator;
  };
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "emulator-"));
  });
  afterEach(async () => {
    for (const emulator of emulators.splice(0)) {
      await emulator.close();
    }
    await endPrograms();
    await rm(folder, { recursive: true, force: true });
  });

  it("brings back accounts, servers, portals and tokens", async () => {
    const first = await start();
    await call(first, "PUT", "/servers/docs", { name: "Kept", updated_tools: [{ name: "a" }] });
    await call(first, "DELETE", "/portals/support");
    const narrow = first.control.addToken("narrow", { permission: "read" });
    const before = first.control.state();
    await first.close();
    const second = await start();
    assert.deepEqual(second.control.state(), before);
    assert.deepEqual(
      [second.accountId, second.token, second.globalKey],
      [first.accountId, first.token, first.globalKey],
    );
    const headers = { authorization: `Bearer ${narrow.secret}` };
    assert.equal((await call(second, "GET", "/servers", undefined, headers)).status, 200);
  });

  it("has everything that was answered, even when the process is killed", async () => {
    const [line] = await startProgram([main, "--state", file()], /\{.*\}\n/);
    const ready = object(JSON.parse(line));
    const response = await fetch(
      `${ready["url"]}/accounts/${ready["accountId"]}/access/ai-controls/mcp/servers/docs`,
      {
        method: "PUT",
        headers: { authorization: `Bearer ${ready["token"]}` },
        body: JSON.stringify({ name: "Just before the end" }),
      },
    );
    assert.equal(response.status, 200);
    await endPrograms();
    const next = await start();
    assert.equal((await readServer(next, "docs"))["name"], "Just before the end");
  });

  it("is its owner's alone, and whole at any time", async () => {
    const emulator = await start("empty");
    await emulator.close();
    assert.equal((await stat(file())).mode & 0o077, process.platform === "win32" ? 0o066 : 0);
    assert.deepEqual(await readdir(join(folder, "inner")), ["state.json"]);
    assert.equal(object(JSON.parse(await readFile(file(), "utf8")))["version"], 1);
  });

  it("is never shared by two", async () => {
    await start("empty");
    await assert.rejects(start(), { message: `${file()} belongs to another running emulator` });
  });

  it("is waited for while another one is closing", async () => {
    const first = await start("empty");
    const second = startEmulator({ stateFile: file(), lockWaitMs: 10_000 });
    await first.close();
    emulators.push(await second);
    assert.equal((await second).accountId, first.accountId);
  });

  it("is taken over from a process that had the same number", async () => {
    await (await start("empty")).close();
    await writeFile(`${file()}.lock`, `${process.pid} 0123456789abcdef`);
    const emulator = await start();
    assert.deepEqual(emulator.control.state()[0]?.servers, []);
  });

  it("isn't overwritten when it is something else", async () => {
    const path = join(folder, "notes.json");
    await writeFile(path, '{"mine":true}');
    const options = { stateFile: path, lockWaitMs: 0 };
    await assert.rejects(startEmulator(options), { message: /is not a state file/ });
    assert.equal(await readFile(path, "utf8"), '{"mine":true}');
    assert.deepEqual(await readdir(folder), ["notes.json"]);
  });

  it("keeps two emulators with files of their own apart", async () => {
    const first = await start();
    const other = await startEmulator({ stateFile: join(folder, "other.json") });
    emulators.push(other);
    await call(first, "DELETE", "/servers/docs");
    assert.notEqual(other.accountId, first.accountId);
    assert.equal((await call(other, "GET", "/servers/docs")).status, 200);
    const headers = { authorization: `Bearer ${first.token}` };
    assert.equal((await call(other, "GET", "/servers", undefined, headers)).status, 401);
  });
});
