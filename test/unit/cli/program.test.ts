import { deepEqual, equal, match } from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Command, Invocation } from "../../../src/cli/command.ts";
import { COMMANDS } from "../../../src/cli/commands/allCommands.ts";
import type { Environment } from "../../../src/cli/environment.ts";
import { nodeProblem } from "../../../src/cli/nodeVersion.ts";
import { Output } from "../../../src/cli/output.ts";
import { runCommand } from "../../../src/cli/program.ts";
import { ROOT } from "../../harness/paths.ts";
import { runCli } from "./support/runCli.ts";

const ACCOUNT = "0123456789abcdef0123456789abcdef";
const SECRET = "a-secret-token";

/** Runs a command in this process that does no more than `act`. */
async function act(
  args: readonly string[],
  environment: Environment,
  act: (call: Invocation) => void,
  isTerminal = false,
) {
  const written = { out: "", error: "" };
  const stream = (name: "out" | "error") => ({
    isTerminal,
    write: (text: string) => {
      written[name] += text;
    },
  });
  const output = new Output(stream("out"), stream("error"), environment);
  const command: Command = {
    name: "act",
    argument: { form: "[thing...]", words: () => "things" },
    summary: () => "acts",
    options: () => [{ form: "--yes", words: "yes" }],
    example: "act thing",
    run: async (call) => {
      act(call);
      return 0;
    },
  };
  const parts = { output, version: "1.2.3", environment };
  const status = await runCommand(args, parts, [command]);
  return { status, ...written };
}

describe("The command line", function () {
  this.timeout(60_000);

  it("prints its version", async () => {
    const { version } = JSON.parse(await readFile(join(ROOT, "package.json"), "utf8"));
    deepEqual(await runCli(["--version"]), { status: 0, stdout: `${version}\n`, stderr: "" });
  });

  it("runs from its sources as from what is built of them", async () => {
    const entry = join(ROOT, "src", "cli", "main.ts");
    equal((await runCli(["--version"], { entry })).status, 0);
  });

  it("prints its help, with every command and where the credential comes from", async () => {
    const { status, stdout, stderr } = await runCli(["--help"]);
    deepEqual({ status, stderr }, { status: 0, stderr: "" });
    match(stdout, /CLOUDFLARE_API_TOKEN/);
    for (const { name } of COMMANDS) {
      match(stdout, new RegExp(`^ {2}${name}\\b`, "mu"));
    }
  });

  it("has an example in the help of each command, which begins with its name", async () => {
    const { status, out } = await act(["act", "--help"], {}, () => undefined);
    equal(status, 0);
    match(out, /Example:\n {2}mcp-portals act thing\n/);
    for (const { name, example } of COMMANDS) {
      match(`${example} `, new RegExp(`^${name} `, "u"));
    }
  });

  it("ends with 2 and a sentence for a command and for an option that aren't there", async () => {
    const unknown = await act(["elsewhere"], {}, () => undefined);
    deepEqual(unknown, { status: 2, out: "", error: "unknown command 'elsewhere'\n" });
    const option = await act(["act", "--loud"], {}, () => undefined);
    deepEqual(option, { status: 2, out: "", error: "unknown option '--loud'\n" });
  });

  it("hands a command its arguments, its options and --json", async () => {
    const seen: unknown[] = [];
    await act(["act", "one", "two", "--yes", "--json", "--account", ACCOUNT], {}, (call) => {
      seen.push(call.args, call.flag("yes"), call.isJson, call.text("account"));
    });
    deepEqual(seen, [["one", "two"], true, true, ACCOUNT]);
  });

  const missing: readonly (readonly [string, Environment, string])[] = [
    [
      "a credential",
      { CLOUDFLARE_ACCOUNT_ID: ACCOUNT },
      "There is no credential: set CLOUDFLARE_API_TOKEN, or CLOUDFLARE_EMAIL and CLOUDFLARE_API_KEY.\n",
    ],
    [
      "an account",
      { CLOUDFLARE_API_TOKEN: SECRET },
      "No account is named: set CLOUDFLARE_ACCOUNT_ID, or pass --account.\n",
    ],
    [
      "an account id of 32 hex digits",
      { CLOUDFLARE_API_TOKEN: SECRET, CLOUDFLARE_ACCOUNT_ID: "../x" },
      "An account id is 32 hex digits; this isn't: ../x\n",
    ],
  ];
  for (const [what, environment, error] of missing) {
    it(`ends with 2 and a sentence without ${what}`, async () => {
      deepEqual(await act(["act"], environment, (call) => call.account()), {
        status: 2,
        out: "",
        error,
      });
    });
  }

  it("takes an email and a key, and the account of the option before that of the environment", async () => {
    const environment = {
      CLOUDFLARE_EMAIL: "ada@example.com",
      CLOUDFLARE_API_KEY: SECRET,
      CLOUDFLARE_ACCOUNT_ID: "f".repeat(32),
    };
    let id: string | undefined;
    await act(["act", "--account", ACCOUNT], environment, (call) => {
      ({ id } = call.account());
    });
    equal(id, ACCOUNT);
  });

  it("writes neither a secret nor a control character of anybody", async () => {
    const { out, error } = await act(["act"], { CLOUDFLARE_API_TOKEN: SECRET }, ({ output }) => {
      output.line(`token ${SECRET}, \x1b[31mred\x9b, \u202eturned`);
      output.error(`token ${SECRET}`);
    });
    equal(out, "token …, \\u001b[31mred\\u009b, \\u202eturned\n");
    equal(error, "token …\n");
  });

  it("writes color and progress to a terminal alone, and no color with NO_COLOR", async () => {
    const write = ({ output }: Invocation): void => {
      output.progress("1/2");
      output.line("done", "green");
    };
    deepEqual(await act(["act"], {}, write), { status: 0, out: "done\n", error: "" });
    deepEqual(await act(["act"], {}, write, true), {
      status: 0,
      out: "\x1b[32mdone\x1b[39m\n",
      error: "\r\x1b[K1/2\r\x1b[K",
    });
    const plain = await act(["act"], { NO_COLOR: "1" }, write, true);
    equal(plain.out, "done\n");
  });

  it("says which Node it needs", () => {
    equal(nodeProblem("22.19.0"), undefined);
    equal(nodeProblem("24.0.0"), undefined);
    equal(nodeProblem("22.18.9"), "mcp-portals needs Node 22.19 or later; this is 22.18.9.");
    equal(nodeProblem("20.20.2"), "mcp-portals needs Node 22.19 or later; this is 20.20.2.");
  });
});
