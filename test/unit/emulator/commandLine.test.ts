import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { once } from "node:events";
import { readCommandLine } from "../../../src/emulator/commandLine.ts";
import { behaviourSchema, faultSchema } from "../../../src/emulator/switches/schemas.ts";
import { object } from "./support/calling.ts";
import { endPrograms, runProgram, startProgram } from "./support/processes.ts";

const main = "src/emulator/main.ts";

describe("emulator: the command line", () => {
  after(endPrograms);

  it("prints one line of JSON when it listens, on loopback", async () => {
    const [line] = await startProgram([main], /^\{.*\}\n/);
    const { url, accountId, token, portals } = object(JSON.parse(line));
    for (const [id, endpoint] of Object.entries(object(portals))) {
      assert.equal(endpoint, `${new URL(String(url)).origin}/portals/${accountId}/${id}/mcp`);
    }
    assert.deepEqual(Object.keys(object(portals)), ["engineering", "support"]);
    assert.match(String(url), /^http:\/\/127\.0\.0\.1:\d+\/client\/v4$/);
    assert.match(String(accountId), /^[0-9a-f]{32}$/);
    const headers = { authorization: `Bearer ${token}` };
    assert.equal((await fetch(`${url}/user/tokens/verify`, { headers })).status, 200);
  });

  it("says how long its start took", async () => {
    const [, took] = await startProgram([main], /started in (\d+) ms/);
    assert(Number(took) > 0);
  });

  it("refuses to listen elsewhere", async () => {
    for (const host of ["0.0.0.0", "::", "192.0.2.1", "example.com"]) {
      const command = readCommandLine(["--host", host]);
      assert.equal(command.kind, "refused", host);
    }
    const { code, stdout, stderr } = await runProgram([main, "--host", "0.0.0.0"]);
    assert.deepEqual([code, stdout], [2, ""]);
    assert.match(stderr, /the emulator listens on loopback only/);
  });

  it("explains itself with every switch and every fault", async () => {
    const { code, stdout } = await runProgram([main, "--help"]);
    assert.equal(code, 0);
    const words = [
      ...Object.keys(behaviourSchema.shape),
      ...faultSchema.options.map((option) => option.shape.kind.value),
      ...[
        "--port",
        "--seed",
        "--servers",
        "--tools",
        "--portals",
        "--latency",
        "--sync-latency",
        "--state",
      ],
    ];
    for (const word of words) {
      assert(stdout.includes(`  ${word}`), word);
    }
  });

  it("refuses what it doesn't understand", () => {
    for (const args of [
      ["--port", "x"],
      ["--port", "70000"],
      ["--seed", "other"],
      ["--tools", "5"],
      ["--portals", "5"],
      ["--portal-servers", "5"],
      ["--servers", "5", "--portals", "1001"],
      ["--servers", "5", "--portals", "5", "--portal-servers", "81"],
      ["--latency", "600001"],
      ["--servers", "-1"],
      ["--servers", "5", "--state", "f"],
      ["--nonsense"],
    ]) {
      assert.equal(readCommandLine(args).kind, "refused", args.join(" "));
    }
  });

  it("passes on what it understands", () => {
    const args = ["--servers", "3", "--port", "8787", "--latency", "5", "--sync-latency", "7"];
    assert.deepEqual(readCommandLine(args), {
      kind: "run",
      options: {
        port: 8787,
        seed: "demo",
        latency: 5,
        syncLatency: 7,
        generate: { servers: 3, tools: 25 },
      },
    });
  });

  it("tells its parent when it is ready, and ends when the parent lets go", async () => {
    const child = fork(main, ["--seed", "empty"], { stdio: ["ignore", "ignore", "ignore", "ipc"] });
    const [message]: unknown[] = await once(child, "message");
    assert.deepEqual(Object.keys(object(message)), ["url", "accountId", "token", "portals"]);
    const ended = once(child, "exit");
    child.disconnect();
    assert.deepEqual(await ended, [0, null]);
  });
});
