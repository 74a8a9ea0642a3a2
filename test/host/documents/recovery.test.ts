import { deepEqual, equal, ok } from "node:assert/strict";
import process from "node:process";
import { COMMANDS } from "../../../src/manifest.ts";
import { setUpSuite } from "../support/fixture.ts";
import { run } from "../support/run.ts";
import { until } from "../support/screen.ts";
import { storedServer } from "../support/stored.ts";
import { addToken } from "../support/tokens.ts";

describe("A document's save that wasn't taken", () => {
  const suite = setUpSuite({ opensDocs: true });

  const untilSaved = (): Promise<unknown> =>
    until(
      () => suite.editing.document.isDirty,
      (dirty) => !dirty,
    );
  /** The editor shows a write before it is there. Docs is put back after it, and not before. */
  const untilStored = (name: string): Promise<unknown> =>
    until(
      () => storedServer(suite.account.emulator, "docs"),
      (server) => server["name"] === name,
    );
  const failNextWrite = (): Promise<void> =>
    suite.account.emulator.set({
      faults: [{ kind: "status", status: 503, match: { method: "PUT" } }],
    });

  /** Docs is put back after each test, which may be told in the next: that is a warning. */
  const errors = (): readonly string[] =>
    suite.person.messages.filter(({ severity }) => severity === "error").map(({ text }) => text);

  it("offers Try Again after a failure, which saves the document", async () => {
    await failNextWrite();
    await suite.editing.replace('"Docs"', '"Documentation"');
    equal(await suite.editing.save(), false);
    const told = await suite.person.message(/wasn't saved/u);
    equal(told.severity, "error");
    ok(told.text.startsWith("Docs: name wasn't saved."), told.text);
    deepEqual(told.buttons, ["Try Again"]);
    ok(suite.editing.document.isDirty && suite.editing.text.includes('"Documentation"'));
    told.press("Try Again");
    await untilSaved();
    await suite.editing.untilText((text) => text.includes('"Documentation"'));
    deepEqual(await suite.account.putBodies(), [
      { name: "Documentation" },
      { name: "Documentation" },
    ]);
    deepEqual(errors(), []);
  });

  it("is tried again without its editor, too", async () => {
    await failNextWrite();
    await suite.editing.replace('"Docs"', '"Documentation"');
    equal(await suite.editing.save(), false);
    const told = await suite.person.message(/wasn't saved/u);
    await run("workbench.action.files.revert");
    await suite.editing.untilText((text) => text.includes('"Docs"'));
    told.press("Try Again");
    await suite.editing.untilText((text) => text.includes('"Documentation"'));
    await untilStored("Documentation");
    deepEqual(errors(), []);
  });

  it("offers Try Again for what Cloudflare ignored, while the editor shows what is there", async () => {
    await suite.account.emulator.set({ all: { ignoreFields: ["name"] } });
    await suite.editing.replace('"Docs"', '"Documentation"');
    equal(await suite.editing.save(), true);
    const told = await suite.person.message(/didn't set/u);
    deepEqual(told.buttons, ["Try Again"]);
    await suite.editing.untilText((text) => text.includes('"Docs"'));
    await suite.account.emulator.reset();
    told.press("Try Again");
    await suite.editing.untilText((text) => text.includes('"Documentation"'));
    await untilStored("Documentation");
    deepEqual(errors(), []);
  });

  it("offers Show Problems where Cloudflare says what it refuses", async () => {
    const body = JSON.stringify({
      success: false,
      errors: [{ code: 7001, message: "Too silly", path: ["body", "name"] }],
      result: {},
    });
    await suite.account.emulator.set({
      faults: [{ kind: "body", status: 400, body, match: { method: "PUT" } }],
    });
    await suite.editing.replace('"Docs"', '"Silly"');
    equal(await suite.editing.save(), false);
    const told = await suite.person.message(/wasn't saved/u);
    deepEqual(told.buttons, ["Show Problems"]);
    told.press("Show Problems");
    await until(
      () => suite.editing.problems,
      (problems) => problems.some((problem) => problem.endsWith("api/7001: Too silly")),
    );
    ok(suite.editing.document.isDirty && suite.editing.text.includes('"Silly"'));
    await suite.editing.replace('"Silly"', '"Serious"');
    equal(await suite.editing.save(), true);
    await suite.editing.untilText((text) => text.includes('"Serious"'));
    deepEqual(errors(), []);
  });

  it("offers Sign In in a read-only account, and saves the document with the new credential", async () => {
    const { emulator } = suite.account;
    const { token } = emulator;
    process.env["CLOUDFLARE_API_TOKEN"] = await addToken(emulator, { permission: "read" });
    await run(COMMANDS.signIn, undefined, undefined, "environment");
    await suite.editing.replace('"Docs"', '"Documentation"');
    equal(await suite.editing.save(), false);
    const told = await suite.person.message(/wasn't saved/u);
    deepEqual(told.buttons, ["Sign In…"]);
    told.press("Sign In…");
    await until(
      () => suite.person.listed,
      (listed) => listed !== undefined,
    );
    await suite.person.dismiss();
    const offeredAgain = await suite.person.message(/wasn't saved/u);
    deepEqual(offeredAgain.buttons, ["Sign In…"]);
    ok(suite.editing.document.isDirty && suite.editing.text.includes('"Documentation"'));
    process.env["CLOUDFLARE_API_TOKEN"] = token;
    offeredAgain.press("Sign In…");
    await suite.person.pick("Use CLOUDFLARE_API_TOKEN from the environment");
    await untilSaved();
    await suite.editing.untilText((text) => text.includes('"Documentation"'));
  });
});
