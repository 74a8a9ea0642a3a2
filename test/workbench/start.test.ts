import assert from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import { launchChromium } from "../harness/chromium.ts";
import { listProcesses, type RunningProcess } from "../harness/processTable.ts";
import { makeTemporaryFolder, type TemporaryFolder } from "../harness/temporary.ts";
import { eventually, until } from "./support/eventually.ts";
import { readAddress, startNpm } from "./support/npmStart.ts";

/** What a person does first and last who has only this repository. */
describe("npm start", () => {
  let npm: ChildProcess | undefined;
  let profile: TemporaryFolder;
  before(async () => {
    profile = await makeTemporaryFolder("start");
  });
  after(() => profile.remove());
  afterEach(() => {
    if (npm?.pid) {
      process.kill(-npm.pid, "SIGKILL");
    }
    npm = undefined;
  });

  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    it(`prints an address, and ends every process it started on ${signal}`, async () => {
      npm = startNpm(profile.path);
      const address = await readAddress(npm);
      if (signal === "SIGINT") {
        await openDemo(npm, address);
      }
      const family = await descendants(npm);
      assert.ok(family.length >= 3, "npm, the script, VS Code's server");
      signalLikeTerminal(npm, signal);
      await eventually(() => stillThere(family), []);
      npm = undefined;
    });
  }
});

/** Opens the demo account. Its emulator is a grandchild of VS Code's server. */
async function openDemo(npm: ChildProcess, address: string): Promise<void> {
  const browser = await launchChromium();
  const page = await browser.newPage();
  await page.goto(address);
  await page.getByRole("button", { name: "Open Demo Account" }).first().click();
  await until(
    () => readCommands(npm),
    (commands) => commands.some((command) => command.includes("emulator.js")),
    "the emulator",
  );
  await page.close();
}

/** A terminal sends Ctrl+C and its own end to all processes in the foreground. */
function signalLikeTerminal(npm: ChildProcess, signal: NodeJS.Signals): void {
  if (!npm.pid) {
    throw new Error("npm isn't running.");
  }
  process.kill(signal === "SIGTERM" ? npm.pid : -npm.pid, signal);
}

async function descendants({ pid: root }: ChildProcess): Promise<RunningProcess[]> {
  const all = await listProcesses();
  const found = all.filter(({ pid }) => pid === root);
  for (const { pid } of found) {
    found.push(...all.filter(({ parent }) => parent === pid));
  }
  return found;
}

async function readCommands(npm: ChildProcess): Promise<string[]> {
  return (await descendants(npm)).map(({ command }) => command);
}

/** Finds processes by pid, because an orphan has another parent. */
async function stillThere(family: readonly RunningProcess[]): Promise<string[]> {
  const pids = new Set(family.map(({ pid }) => pid));
  const all = await listProcesses();
  return all.filter(({ pid }) => pids.has(pid)).map(({ command }) => command);
}
