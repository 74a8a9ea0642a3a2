import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";
import process from "node:process";
import * as vscode from "vscode";
import {
  COMMAND_NAMES,
  COMMAND_TABLE,
  COMMANDS,
  type CommandId,
  FIX_COMMANDS,
} from "../../src/manifest.ts";
import { signOutAll } from "./support/accounts.ts";
import { activated } from "./support/extension.ts";
import { setUpSuite } from "./support/fixture.ts";
import type { Message } from "./support/messages.ts";
import { QuickInputDriver } from "./support/quickInputDriver.ts";
import { Replacements } from "./support/replacements.ts";
import { run } from "./support/run.ts";
import { serverRow, until } from "./support/screen.ts";
import { addToken } from "./support/tokens.ts";

const ALL = Object.values(COMMANDS);
const REQUIREMENTS = new Map(
  COMMAND_NAMES.map((name) => [COMMANDS[name], COMMAND_TABLE[name].needs]),
);
/** Commands that change something at Cloudflare. */
const WRITERS: ReadonlySet<CommandId> = new Set([
  COMMANDS.syncServer,
  COMMANDS.syncAll,
  COMMANDS.enable,
  COMMANDS.disable,
  COMMANDS.disableChanged,
  COMMANDS.carryOver,
  COMMANDS.editAlias,
  COMMANDS.editDescription,
  COMMANDS.addServer,
  COMMANDS.editServer,
  COMMANDS.deleteServer,
  COMMANDS.addPortal,
  COMMANDS.editPortal,
  COMMANDS.clonePortal,
  COMMANDS.deletePortal,
  COMMANDS.attachServers,
  COMMANDS.detachServer,
  COMMANDS.keepNewToolsOff,
  COMMANDS.letNewToolsThrough,
  COMMANDS.requireUserAuth,
  COMMANDS.useAdminCredential,
  COMMANDS.setCodeMode,
  COMMANDS.undo,
  COMMANDS.resetOverrides,
  COMMANDS.selectTools,
  COMMANDS.fixProblems,
  COMMANDS.fixAll,
  COMMANDS.setUpstreamCredentials,
  COMMANDS.applyToAccount,
]);
/** Commands that would sign out of the shown account, or hide it. */
const LEAVES: ReadonlySet<CommandId> = new Set([COMMANDS.signOut, COMMANDS.openDemo]);
/** A name that a stranger may give to a server, an account or a tool. */
const HOSTILE = "$(trash) [x](command:mcpPortals.signOut)";

describe("Every command, called by itself", () => {
  const person = new QuickInputDriver();
  const replacements = new Replacements();
  before(() => {
    person.arrive();
    // A dialog of the system, which nobody can answer here.
    replacements.replace(vscode.window, "showOpenDialog", () => async () => undefined);
  });
  after(() => {
    replacements.end();
    person.leave();
  });

  /**
   * Runs a command. Resolves with its message or question, once it has ended or asked. Dismisses
   * the question.
   */
  async function call(id: CommandId, ...args: readonly unknown[]): Promise<string> {
    let isDone = false;
    const done = run(id, ...args).then(() => {
      isDone = true;
    });
    const seen = () => ({ isDone, asked: person.inputs[0], told: person.messages[0]?.text });
    const first = await Promise.race([
      until(seen, ({ isDone: ended, asked, told }) => ended || Boolean(asked ?? told)),
      // An error of the command fails the test.
      done.then(seen),
    ]);
    await run("workbench.action.closeQuickOpen");
    if (first.asked !== undefined) {
      await done;
    }
    person.inputs.length = 0;
    person.messages.length = 0;
    if (first.asked !== undefined) {
      return `asked ${first.asked}`;
    }
    return first.told === undefined ? "done" : `told ${first.told}`;
  }

  describe("while nobody is signed in", () => {
    before(async () => {
      await signOutAll(await activated());
      // A new window doesn't know yet who was signed in to the last one.
      await until(
        async () => {
          await run(COMMANDS.find);
          return person.messages.at(-1)?.text;
        },
        (text) => text === "You aren't signed in to Cloudflare.",
      );
      person.forget();
    });

    for (const id of ALL.filter((each) => REQUIREMENTS.get(each) !== "nothing")) {
      it(`is told that nobody is signed in: ${id}`, async () =>
        equal(await call(id), "told You aren't signed in to Cloudflare."));
    }

    // The demo has its own tests.
    const others = ALL.filter(
      (id) => REQUIREMENTS.get(id) === "nothing" && id !== COMMANDS.openDemo,
    );
    for (const id of others) {
      it(`runs without an error: ${id}`, async () => void (await call(id)));
    }
  });

  describe("in an account without servers", () => {
    setUpSuite({ person, emulator: ["--seed", "empty"] });

    for (const id of ALL.filter((each) => REQUIREMENTS.get(each) === "servers")) {
      it(`is told that there are no servers: ${id}`, async () =>
        equal(await call(id), "told There are no servers yet."));
    }
  });

  describe("in an account with servers that somebody gave hostile names", () => {
    const { account } = setUpSuite({ person });
    before(async () => {
      await account.emulator.write({
        server: "back-office",
        patch: {
          name: HOSTILE,
          tools: [{ name: HOSTILE, description: HOSTILE }],
          updated_tools: [{ name: HOSTILE, alias: "other" }],
        },
      });
      await account.emulator.write({
        server: "browser",
        patch: { tools: [{ name: HOSTILE, description: HOSTILE }] },
      });
      await run(COMMANDS.refresh);
      await until(
        () => serverRow(account.exports, HOSTILE),
        (row) => row !== undefined,
      );
    });

    const isSafe = (said: string): boolean =>
      !said.includes("$(trash)") && !said.includes("](command:");

    for (const id of ALL.filter((each) => REQUIREMENTS.get(each) === "servers")) {
      it(`shows hostile names as plain text: ${id}`, async () => {
        const said = await call(id);
        ok(isSafe(said), said);
        ok(!/no servers|signed in/.test(said), said);
      });
    }

    // The arguments with which a view calls its buttons when it shares a container with others.
    for (const args of [
      [undefined, undefined],
      [undefined, null],
    ]) {
      for (const id of [COMMANDS.filter, COMMANDS.find, COMMANDS.addServer]) {
        it(`asks when a button of the view calls it with ${String(args[1])}: ${id}`, async () =>
          match(await call(id, ...args), /^asked/));
      }

      it(`refreshes when a button of the view calls it with ${String(args[1])}`, async () => {
        await account.wire();
        equal(await call(COMMANDS.refresh, ...args), "done");
        ok((await account.wire()).some((line) => line.startsWith("GET")));
      });
    }

    it("quotes names as text when something fails", async () => {
      const body = JSON.stringify({ success: false, errors: [{ code: 1, message: HOSTILE }] });
      await account.emulator.set({
        faults: [{ kind: "body", status: 400, body, match: { method: "PUT" } }],
      });
      const target = account.capability("tool", "back-office", HOSTILE);
      await run(COMMANDS.disable, target);
      const { text } = await person.message(/wasn't saved/);
      ok(text.includes("trash") && isSafe(text), text);
      await account.emulator.reset();
    });
  });

  describe("in an account that may only be read", () => {
    const { account } = setUpSuite({ person });
    let failed: Message;
    before(async () => {
      const { emulator } = account;
      // The emulator's own token doesn't change, because the log is read with it.
      process.env["CLOUDFLARE_API_TOKEN"] = await addToken(emulator, { permission: "read" });
      await run(COMMANDS.signIn, undefined, undefined, "environment");
      const tool = account.capability("tool", "docs", "get_page");
      void run(COMMANDS.disable, tool);
      await until(
        () => account.exports.view.message ?? "",
        (message) => message.startsWith("Read-only"),
      );
      failed = await person.message(/wasn't saved/);
    });

    const nothingWasWritten = async () =>
      deepEqual(
        (await account.wire()).filter((line) => /^(?:PUT|POST|PATCH|DELETE) /u.test(line)),
        [],
      );

    it("offers Sign In… again after a refused change is tried again", async () => {
      await account.wire();
      failed.press("Sign In…");
      await until(
        () => person.listed,
        (listed) => listed !== undefined,
      );
      await person.dismiss();
      deepEqual((await person.message(/wasn't saved/)).buttons, ["Sign In…"]);
      await nothingWasWritten();
    });

    for (const id of WRITERS) {
      it(`is told that the account is read-only: ${id}`, async () => {
        await account.wire();
        match(await call(id), /^told .+ is read-only/);
        await nothingWasWritten();
      });
    }

    for (const id of ALL.filter((each) => !WRITERS.has(each) && !LEAVES.has(each))) {
      it(`works although the account is read-only: ${id}`, async () => {
        await account.wire();
        doesNotMatch(await call(id), /is read-only/);
        await nothingWasWritten();
      });
    }

    for (const id of [FIX_COMMANDS.apply, FIX_COMMANDS.applyAll, FIX_COMMANDS.chooseDisabled]) {
      it(`is told that the account is read-only when a fix runs: ${id}`, async () => {
        await account.wire();
        const { accountId } = account.emulator;
        void run(id, {
          accountId,
          serverId: "docs",
          rule: "count/over-128",
          kind: "",
          name: "",
          fix: "disable",
        });
        await person.message(/is read-only/);
        await nothingWasWritten();
      });
    }
  });

  it("is registered in VS Code", async () => {
    await activated();
    const known = new Set(await vscode.commands.getCommands(true));
    deepEqual(
      ALL.filter((id) => !known.has(id)),
      [],
    );
  });
});
