import { deepEqual } from "node:assert/strict";
import type { Exports } from "../../../src/extension.ts";
import { COMMANDS } from "../../../src/manifest.ts";
import { startWithGlobalKey, type WithGlobalKey } from "./emulator.ts";
import { QuickInputDriver } from "./person.ts";
import { run } from "./run.ts";
import { treeOf, until } from "./screen.ts";
import { activated, setApiRoot } from "./signedIn.ts";
import { addAccount } from "./tokens.ts";

/** Somebody who isn't signed in, and two accounts: one with servers and one without. */
export interface SignInSuite extends WithGlobalKey {
  readonly exports: Exports;
  readonly emptyAccount: string;
  readonly person: QuickInputDriver;
  /** Waits until somebody is signed in to the account with servers. */
  serversShown(): Promise<unknown>;
}

/** Sets up the suite that calls it. Whoever is signed in when a test ends is signed out. */
export function signInSuite(): SignInSuite {
  let exports: Exports;
  let started: WithGlobalKey;
  let emptyAccount: string;
  let person: QuickInputDriver;
  before(async () => {
    exports = await activated();
    started = await startWithGlobalKey();
    emptyAccount = await addAccount(started.emulator, "Empty account");
    await setApiRoot(started.emulator.url);
    person = new QuickInputDriver();
  });
  afterEach(async () => {
    await run(COMMANDS.signOut, undefined, undefined, "all");
    deepEqual(await treeOf(exports), []);
    person.messages.length = 0;
  });
  after(async () => {
    person.leave();
    await setApiRoot(undefined);
    await started.emulator.stop();
  });
  return {
    get exports() {
      return exports;
    },
    get emulator() {
      return started.emulator;
    },
    get globalKey() {
      return started.globalKey;
    },
    get emptyAccount() {
      return emptyAccount;
    },
    get person() {
      return person;
    },
    serversShown: () =>
      until(
        () => treeOf(exports),
        (rows) => rows.some(({ label }) => label === "Docs"),
      ),
  };
}
