import { deepEqual, equal, match, notDeepEqual, ok } from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
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
  /** The arguments of bash with which a runner runs it. */
  readonly shell: readonly string[];
}

/** Without `shell: bash` a runner takes a pipe's status from its last command. */
const SHELL = ["-e"];
const NAMED_SHELL = ["--noprofile", "--norc", "-eo", "pipefail"];

const LOCK = "portals/mcp-portals.lock.json";

interface Ended {
  readonly step: string;
  readonly status: number | null;
  readonly output: string;
}

/** The steps of the page's jobs in order: nightly, plan, apply. */
async function jobsOfPage(): Promise<readonly (readonly Step[])[]> {
  const page = await readFile(join(ROOT, "docs", "ci.md"), "utf8");
  return page
    .split(/^ +runs-on: /mu)
    .slice(1)
    .map((job) => {
      const shell = /^ +shell: bash$/mu.test(job) ? NAMED_SHELL : SHELL;
      return [...job.matchAll(/^ +- name: (.+)\n(?: +if: (.+)\n)? +run: (.+)$/gmu)].map(
        ([, name = "", when = "", command = ""]) => ({ name, when, command, shell }),
      );
    });
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
    for (const { name, when, command, shell } of steps) {
      const hasFailed = ended.some(({ status }) => status !== 0);
      if (when === "always()" || hasFailed === (when === "failure()")) {
        ended.push({ step: name, ...(await inBash([...shell, "-c", command], environment)) });
      }
    }
    // The next runner begins with what was committed.
    await copyFile(join(the.folder, "committed.json"), join(the.folder, LOCK));
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
    const committed = join(the.folder, "committed.json");
    await copyFile(join(the.folder, LOCK), committed);
    await script("git", gitOf(committed));
    await script("gh", `{ echo "$*"; cat; } > "${join(the.folder, "issue.txt")}"`);
    return {
      ...environmentOf(emulator()),
      XDG_STATE_HOME: join(the.folder, "state"),
      PATH: `${bin}${delimiter}${process.env["PATH"] ?? ""}`,
    };
  }

  /** A machine may have no git. This one knows the lock file alone. */
  function gitOf(committed: string): string {
    return `case "$*" in
"diff --quiet") [ "$(cat "${LOCK}")" = "$(cat "${committed}")" ] ;;
"commit --all --message "*) cp "${LOCK}" "${committed}.next" ;;
"pull --rebase") [ -e "${committed}.next" ] ;;
"push") mv "${committed}.next" "${committed}" ;;
*) exit 129 ;;
esac`;
  }

  async function inBash(
    args: readonly string[],
    env: Readonly<Record<string, string>>,
  ): Promise<Omit<Ended, "step">> {
    const child = spawn("bash", args, { cwd: the.folder, env, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk) => {
        output += String(chunk);
      });
    }
    await once(child, "close");
    return { status: child.exitCode, output };
  }

  const description = () =>
    emulator()
      .control.state()[0]
      ?.servers.find(({ id }) => id === "docs")?.description;

  const named = (ended: readonly Ended[]) => ended.map(({ step, status }) => [step, status]);

  it("sync and check every night, hold what changed, and open an issue with what they said", async () => {
    const docs = emulator()
      .control.state()[0]
      ?.servers.find(({ id }) => id === "docs");
    ok(docs);
    const ended = await runJob(0);
    deepEqual(
      ended.map(({ step }) => step),
      ["Install", "Sync", "Check", "Keep", "Tell"],
    );
    const issue = await the.read("issue.txt");
    match(issue, /^issue create --title Portals need a look --body-file -\n/u);
    ok(issue.includes(ended[1]?.output.trim() ?? "?"));
    ok(issue.includes(ended[2]?.output.trim().split("\n")[0] ?? "?"));
  });

  it("turn on again what a night has held, from what it has committed", async () => {
    const off = () =>
      emulator()
        .control.state()[0]
        ?.servers.flatMap(({ id, updated_tools }) =>
          updated_tools.filter(({ enabled }) => enabled === false).map(({ name }) => [id, name]),
        );
    const before = off();
    await runJob(0);
    notDeepEqual(off(), before);
    equal((await the.run("accept", "--dir", "portals")).status, 0);
    deepEqual(off(), before);
  });

  it("apply the branch as it is once that was approved, with what has been noted until then", async () => {
    const page = await readFile(join(ROOT, "docs", "ci.md"), "utf8");
    const [, apply = ""] = page.split("\n  apply:\n");
    match(apply, /checkout@v5\n +with:\n +ref: \$\{\{ github\.ref_name \}\}\n/u);
  });

  it("apply one change of a field after the other", async () => {
    const texts: unknown[] = [];
    for (const text of ["First", "Second"]) {
      await the.edit("portals/servers/docs.mcp-server.json", (file) =>
        file.replace(/"description": ".*?"/u, `"description": "${text}"`),
      );
      const ended = await runJob(2);
      texts.push(...ended.map(({ status }) => status), description());
    }
    deepEqual(texts, [0, 0, 0, "First", 0, 0, 0, "Second"]);
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
    deepEqual(named(await runJob(2)), [
      ["Install", 0],
      ["Apply", 0],
      ["Keep", 0],
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
