import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mock } from "node:test";
import { Clock } from "../../../src/emulator/clock.ts";
import { type Emulator, startEmulator } from "../../../src/emulator/start.ts";
import { emulatorPerTest, readServer, register, until } from "./support/calling.ts";

const DAY = 86_400_000;

describe("emulator: what runs by itself", () => {
  const emulator = emulatorPerTest();

  it("takes a hostname that isn't a URL for an upstream that can't be reached", async () => {
    await register(emulator(), "https://docs.harborlane.example/mcp");
    emulator().control.write({ server: "up", patch: { hostname: "not a URL" } });
    emulator().control.switches({ backgroundSync: 1000 });
    emulator().control.advance(1000);
    await until(async () => (await readServer(emulator(), "up"))["status"] === "error");
    const { error, error_details } = await readServer(emulator(), "up");
    assert.equal(error, "unable to connect");
    const cause = "Invalid URL: not a URL";
    assert.deepEqual(error_details, { cause, is_upstream: false, retryable: false });
  });
});

describe("emulator: what runs by itself and fails", () => {
  let folder = "";
  let emulator: Emulator;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "emulator-"));
    emulator = await startEmulator({ seed: "empty", stateFile: join(folder, "state.json") });
  });
  afterEach(async () => {
    mock.restoreAll();
    await rm(join(folder, "state.json"), { recursive: true, force: true });
    await emulator.close();
    await rm(folder, { recursive: true, force: true });
  });

  it("says so, and the emulator goes on", async () => {
    await rm(join(folder, "state.json"));
    await mkdir(join(folder, "state.json"));
    const said: string[] = [];
    mock.method(process.stderr, "write", (text: string) => said.push(text));
    emulator.control.addAccount("a".repeat(32), "Unsaved");
    emulator.control.switches({ backgroundSync: 1000 });
    emulator.control.advance(1000);
    await until(async () => said.length > 0);
    assert.match(said.join(""), /^emulator: .*state\.json/);
  });
});

describe("emulator: the clock", () => {
  afterEach(() => mock.restoreAll());

  it("waits no longer at a time than a timer can, and never at once", () => {
    const timers = mock.method(globalThis, "setTimeout");
    const stop = new Clock().every(365 * DAY, () => undefined);
    stop();
    const delays = timers.mock.calls.map(({ arguments: [, delay = 0] }) => delay);
    assert.equal(delays.length, 1);
    assert.ok(delays.every((delay) => delay > DAY && delay < 2 ** 31));
  });

  it("runs what is due in a year when a year has passed", () => {
    const clock = new Clock();
    let runs = 0;
    const stop = clock.every(365 * DAY, () => {
      runs += 1;
    });
    clock.advance(364 * DAY);
    assert.equal(runs, 0);
    clock.advance(DAY);
    stop();
    assert.equal(runs, 1);
  });
});
