import { doesNotMatch, equal } from "node:assert/strict";
import { rm, writeFile } from "node:fs/promises";
import type { Exports } from "../../../src/extension.ts";
import { COMMANDS } from "../../../src/manifest.ts";
import { signOutAll } from "../support/accounts.ts";
import { activated } from "../support/extension.ts";
import { obstruct, ownFile } from "../support/ownFiles.ts";
import { QuickInputDriver } from "../support/quickInputDriver.ts";
import { run } from "../support/run.ts";
import { serverRow, until } from "../support/screen.ts";

describe("The demo account, where its file can't be used", () => {
  let exports: Exports;
  let person: QuickInputDriver;
  let file: string;
  before(async () => {
    exports = await activated();
    person = new QuickInputDriver();
    person.arrive();
    await opened();
    file = await ownFile(/\/demo\.json$/u);
    await signOutAll(exports);
  });
  after(async () => {
    await signOutAll(exports);
    person.leave();
  });

  const opened = async () => {
    await run(COMMANDS.openDemo);
    await until(
      () => serverRow(exports, "Docs"),
      (row) => row !== undefined,
    );
  };
  const refused = async (text: RegExp) => {
    void run(COMMANDS.openDemo);
    const message = await person.message(/^The demo account couldn't be opened\./u);
    equal(text.test(message.text), true, message.text);
    doesNotMatch(message.text, /\bE[A-Z]{3,}\b|errno|Error:| at |emulator/u);
  };

  it("says that a folder is in its place, and opens when it has gone", async () => {
    const putBack = await obstruct(file, "folder");
    await refused(
      /What is done in it can't be kept in .*\/demo\.json: a folder is in the file's place\.$/u,
    );
    await putBack();
    await opened();
    await signOutAll(exports);
  });

  it("says that the disk is full", async () => {
    const putBack = await obstruct(`${file}.next`, "full");
    await refused(/What is done in it can't be kept in .*\/demo\.json: the disk is full\.$/u);
    await putBack();
  });

  it("says that it isn't its file, and leaves it as it is", async () => {
    await writeFile(file, "somebody's notes");
    await refused(
      /\/demo\.json isn't what the demo account keeps there\. Remove the file, and it begins anew\.$/u,
    );
    await rm(file);
    await opened();
  });
});
