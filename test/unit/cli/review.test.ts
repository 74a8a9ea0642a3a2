import { deepEqual, equal, match, ok } from "node:assert/strict";
import { type LockFile, readLock } from "../../../src/domain/review/lockFile.ts";
import { emulatorPerTest } from "../emulator/support/calling.ts";
import { workIn } from "./support/workFolder.ts";

const LOCK = "mcp-portals.lock.json";

describe("mcp-portals sync and accept", function () {
  this.timeout(60_000);
  const emulator = emulatorPerTest({ seed: "demo" });
  const the = workIn(emulator);
  beforeEach(async () => {
    await the.run("pull");
  });

  const lock = async (): Promise<LockFile> => {
    const read = readLock(await the.read(LOCK));
    ok("lock" in read);
    return read.lock;
  };
  /** As if an earlier version of a tool had been accepted, and another one never seen. */
  const changeAccepted = () =>
    the.edit(LOCK, (text) => {
      const value = JSON.parse(text);
      const { tools } = value.accepted.observability;
      tools.get_trace.description = "As it was";
      delete tools.list_alerts;
      return JSON.stringify(value);
    });
  const disabled = () =>
    emulator()
      .control.state()[0]
      ?.servers.find(({ id }) => id === "observability")
      ?.updated_tools.filter(({ enabled }) => enabled === false)
      .map(({ name }) => name)
      .sort();

  it("syncs the servers that are named, and ends with 0 where all is as accepted", async () => {
    emulator().control.clearLog();
    deepEqual(await the.run("sync", "observability", "back-office"), {
      status: 0,
      stdout: "observability: as accepted\nback-office: as accepted\n",
      stderr: "",
    });
    const synced = emulator()
      .control.log()
      .filter(({ method }) => method === "POST")
      .map(({ path }) => path.replace(/.*\/servers\//u, ""));
    deepEqual(synced.sort(), ["back-office/sync", "observability/sync"]);
  });

  it("says what differs from what was accepted, and ends with 1", async () => {
    await changeAccepted();
    const { status, stdout } = await the.run("sync", "observability");
    equal(status, 1);
    equal(
      stdout,
      "observability: 1 new, 1 changed\n  list_alerts: new\n  get_trace: description\n",
    );
    deepEqual(disabled(), ["delete_dashboard"]);
    const { servers } = JSON.parse((await the.run("sync", "observability", "--json")).stdout);
    deepEqual(
      servers[0].changes.map(({ name, how }: { name: string; how: string }) => [name, how]),
      [
        ["list_alerts", "added"],
        ["get_trace", "changed"],
      ],
    );
  });

  it("holds new and changed tools with --hold, and accept turns on again what was on", async () => {
    await changeAccepted();
    const { stdout } = await the.run("sync", "observability", "--hold");
    match(stdout, /turned off until they are accepted: list_alerts, get_trace/u);
    deepEqual(disabled(), ["delete_dashboard", "get_trace", "list_alerts"]);
    deepEqual((await lock()).accepted.get("observability")?.held.toSorted(), [
      "get_trace",
      "list_alerts",
    ]);
    equal((await the.run("plan")).status, 0, "an apply doesn't turn them on");
    equal((await the.run("pull")).status, 0);
    equal(
      (await the.read("servers/observability.mcp-server.json")).match(/"enabled": false/gu)?.length,
      1,
      "a pull doesn't take the hold for what somebody wants",
    );
    equal((await the.run("plan")).status, 0);
    const accepted = await the.run("accept", "observability");
    equal(accepted.status, 0);
    match(accepted.stdout, /^observability: 1 new, 1 changed, turned on again: /u);
    deepEqual(disabled(), ["delete_dashboard"]);
    const { held, reviewed } = (await lock()).accepted.get("observability") ?? {};
    deepEqual({ held, reviewed }, { held: [], reviewed: true });
    const plan = (await the.run("plan")).stdout;
    ok(!plan.includes("observability.mcp-server.json"), "an apply turns nothing off again");
    equal((await the.run("sync", "observability")).status, 0);
  });

  it("accepts what is there, once", async () => {
    await changeAccepted();
    equal((await the.run("accept")).status, 0);
    const before = await the.read(LOCK);
    deepEqual(await the.run("accept", "observability"), {
      status: 0,
      stdout: "Everything is accepted already.\n",
      stderr: "",
    });
    equal(await the.read(LOCK), before);
  });

  it("ends with 1 where an upstream fails, and with 2 where a call does", async () => {
    const failed = await the.run("sync", "wiki");
    equal(failed.status, 1);
    match(failed.stdout, /^wiki: its sync failed: ./u);
    emulator().control.switches({
      faults: [
        { kind: "reset", match: { method: "POST", path: "/observability/sync$", count: 99 } },
      ],
    });
    const broken = await the.run("sync", "observability");
    equal(broken.status, 2);
    match(broken.stderr, /^observability: The connection broke off/u);
  });

  it("ends with 2 for a server that isn't there, and in a folder without a lock file", async () => {
    deepEqual(await the.run("sync", "nowhere"), {
      status: 2,
      stdout: "",
      stderr: "The account has no server nowhere.\n",
    });
    const { status, stderr } = await the.run("accept", "--dir", "schemas");
    equal(status, 2);
    match(stderr, /^There is no mcp-portals\.lock\.json here to compare with\./u);
  });
});
