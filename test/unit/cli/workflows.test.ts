import { deepEqual, equal, match, ok } from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { ROOT } from "../../harness/paths.ts";
import { emulatorPerTest } from "../emulator/support/calling.ts";
import { BUILT_CLI } from "./support/builtCli.ts";
import { environmentOf } from "./support/runCli.ts";
import { workIn } from "./support/workFolder.ts";

/** A step of a workflow that runs a command. */
interface Step {
  readonly name: string;
  readonly when: string;
  readonly command: string;
}

interface Ended {
  readonly step: string;
  readonly status: number | null;
  readonly output: string;
}

/** The page's jobs in order: nightly, plan, apply. Each begins with the step "Install". */
async function jobsOfPage(): Promise<readonly (readonly Step[])[]> {
  const page = await readFile(join(ROOT, "docs", "ci.md"), "utf8");
  const jobs: Step[][] = [];
  for (const [, name = "", when = "", command = ""] of page.matchAll(
    /^ +- name: (.+)\n(?: +if: (.+)\n)? +run: (.+)$/gmu,
  )) {
    if (name === "Install") {
      jobs.push([]);
    }
    jobs.at(-1)?.push({ name, when, command });
  }
  return jobs;
}

describe("The workflows of docs/ci.md", function () {
  this.timeout(120_000);
  const emulator = emulatorPerTest({ seed: "demo" });
  const the = workIn(emulator);
  beforeEach(async () => {
    equal((await the.run("pull", "portals")).status, 0);
  });

  /** Runs the steps as a runner does: after a failure only those that say so. */
  async function runJob(index: number): Promise<readonly Ended[]> {
    const steps = (await jobsOfPage())[index];
    ok(steps !== undefined && steps.length > 1);
    const environment = await shims();
    const ended: Ended[] = [];
    for (const { name, when, command } of steps) {
      const hasFailed = ended.some(({ status }) => status !== 0);
      if (when === "always()" || hasFailed === (when === "failure()")) {
        ended.push({ step: name, ...(await inShell(command, environment)) });
      }
    }
    return ended;
  }

  /** The command line as `npm install --global` would have put it there, and what only GitHub has. */
  async function shims(): Promise<Readonly<Record<string, string>>> {
    const bin = join(the.folder, "bin");
    await mkdir(bin, { recursive: true });
    const script = (name: string, line: string): Promise<void> =>
      writeFile(join(bin, name), `#!/bin/sh\n${line}\n`, { mode: 0o755 });
    const entry = await BUILT_CLI.entry();
    const { url } = emulator();
    await script(
      "mcp-portals",
      `exec "${process.execPath}" "${entry}" "$@" --api-base-url "${url}"`,
    );
    await script("npm", 'echo "npm $*"');
    await script("gh", `{ echo "$*"; cat; } > "${join(the.folder, "issue.txt")}"`);
    return {
      ...environmentOf(emulator()),
      XDG_STATE_HOME: join(the.folder, "state"),
      PATH: `${bin}${delimiter}${process.env["PATH"] ?? ""}`,
    };
  }

  async function inShell(
    command: string,
    env: Readonly<Record<string, string>>,
  ): Promise<Omit<Ended, "step">> {
    const shell = ["--noprofile", "--norc", "-eo", "pipefail", "-c", command];
    const child = spawn("bash", shell, { cwd: the.folder, env, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk) => {
        output += String(chunk);
      });
    }
    await once(child, "close");
    return { status: child.exitCode, output };
  }

  const named = (ended: readonly Ended[]) => ended.map(({ step, status }) => [step, status]);

  it("sync and check every night, hold what changed, and open an issue with what they said", async () => {
    const docs = emulator()
      .control.state()[0]
      ?.servers.find(({ id }) => id === "docs");
    ok(docs);
    const ended = await runJob(0);
    deepEqual(
      ended.map(({ step }) => step),
      ["Install", "Sync", "Check", "Tell"],
    );
    const issue = await the.read("issue.txt");
    match(issue, /^issue create --title Portals need a look --body-file -\n/u);
    ok(issue.includes(ended[1]?.output.trim() ?? "?"));
    ok(issue.includes(ended[2]?.output.trim().split("\n")[0] ?? "?"));
  });

  it("plan a pull request without writing, and annotate what the checks find", async () => {
    await the.edit("portals/servers/docs.mcp-server.json", (text) =>
      text.replace(/"description": ".*?"/u, '"description": "Ours"'),
    );
    emulator().control.clearLog();
    const [install, plan, check] = await runJob(1);
    deepEqual([install?.status, plan?.status], [0, 0]);
    match(plan?.output ?? "", /^\+.*"description": "Ours"/mu);
    match(check?.output ?? "", /^::error /mu);
    ok(
      emulator()
        .control.log()
        .every(({ method }) => method === "GET"),
    );
  });

  it("apply what was merged, and nothing twice", async () => {
    await the.edit("portals/servers/docs.mcp-server.json", (text) =>
      text.replace(/"description": ".*?"/u, '"description": "Ours"'),
    );
    const description = () =>
      emulator()
        .control.state()[0]
        ?.servers.find(({ id }) => id === "docs")?.description;
    deepEqual(named(await runJob(2)), [
      ["Install", 0],
      ["Apply", 0],
    ]);
    equal(description(), "Ours");
    emulator().control.clearLog();
    await runJob(2);
    ok(
      emulator()
        .control.log()
        .every(({ method }) => method === "GET"),
    );
  });
});
