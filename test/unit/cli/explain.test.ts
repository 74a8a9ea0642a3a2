import { deepEqual, equal, match } from "node:assert/strict";
import { emulatorForAll } from "../emulator/support/calling.ts";
import { environmentOf } from "./support/runCli.ts";
import { runHere } from "./support/runHere.ts";

describe("mcp-portals explain", function () {
  this.timeout(60_000);

  const emulator = emulatorForAll({ seed: "demo" });
  const explained = (...args: readonly string[]) =>
    runHere(["explain", "--api-base-url", emulator().url, ...args], environmentOf(emulator()));

  it("says first why users don't see a portal, then each link", async () => {
    const { status, stdout, stderr } = await explained("engineering");
    deepEqual({ status, stderr }, { status: 1, stderr: "" });
    const lines = stdout.split("\n");
    equal(lines[0], "Users don't see Docs: its Access application has no Allow policy.");
    equal(lines[2], "1. DNS record of the host: Holds");
    equal(lines.filter((line) => /^\d+\. /u.test(line)).length, 10);
  });

  it("tells programs the same, of one tool and one person", async () => {
    const { status, stdout } = await explained(
      "engineering",
      "tickets_get_ticket",
      "--email",
      "ann@harborlane.example",
      "--client",
      "vscode",
      "--probe",
      "--json",
    );
    equal(status, 0, stdout);
    const { broken, links } = JSON.parse(stdout);
    equal(broken, false);
    equal(links[0].found[0].sentence, "The endpoint answers as a portal does.");
    equal(links[6].found[0].sentence, "tickets_get_ticket is on.");
  });

  it("ends with 2 where nothing is broken that it may look at", async () => {
    const { secret } = emulator().control.addToken("portals only");
    const { status, stdout } = await runHere(
      ["explain", "--api-base-url", emulator().url, "engineering"],
      { ...environmentOf(emulator()), CLOUDFLARE_API_TOKEN: secret },
    );
    equal(status, 2);
    match(stdout, /Your token lacks the permission “Zone Read”/u);
  });

  it("refuses a portal, a tool and a client that it doesn't know", async () => {
    deepEqual(await explained("nowhere"), {
      status: 2,
      stdout: "",
      stderr: "There is no portal nowhere.\n",
    });
    equal(
      (await explained("engineering", "docs_nothing")).stderr,
      "Engineering has no tool, prompt or server docs_nothing.\n",
    );
    match((await explained("engineering", "--client", "emacs")).stderr, /^emacs is no client/u);
  });
});
