import process from "node:process";
import type { GlobalKey } from "../../../src/emulator/identity.ts";
import type { Exports } from "../../../src/extension.ts";
import { COMMANDS } from "../../../src/manifest.ts";
import type { Target } from "../../../src/target.ts";
import type { Emulator } from "../../harness/emulator.ts";
import { setApiRoot, signOutAll } from "./accounts.ts";
import { Editing } from "./documents.ts";
import { startTestEmulator, type TestEmulator } from "./emulator.ts";
import { activated } from "./extension.ts";
import { startLastingEmulator } from "./lastingEmulator.ts";
import { QuickInputDriver } from "./quickInputDriver.ts";
import { run } from "./run.ts";
import { problems, until } from "./screen.ts";
import { putBodies, takeWire } from "./wire.ts";

/** How a suite begins, and what is put back after each of its tests. */
export interface SuiteOptions {
  /** Flags of the emulator, such as `--servers 1000`. */
  readonly emulator?: readonly string[];
  /** Each test has an emulator of its own; otherwise the suite has one. */
  readonly freshEmulator?: boolean;
  /** The token of the environment signs in before the first test, unless this is false. */
  readonly signedIn?: boolean;
  /** The document of Docs is open in each test, and Docs is put back after it. */
  readonly opensDocs?: boolean;
  /** Each test goes on where the last one ended: nothing is put back in between. */
  readonly isStory?: boolean;
  /**
   * The window before a restart leaves everything to the one after it, which finds the emulator at
   * the same address.
   */
  readonly restart?: "before" | "after";
  /** Who is in front of the window already, where a suite around this one has set that up. */
  readonly person?: QuickInputDriver;
  /** What else is put back after each test, while the person is there. */
  readonly afterEach?: () => PromiseLike<unknown>;
}

/** What the tests of a suite work with. Everything can be taken apart before the suite has begun. */
export interface Suite {
  readonly account: TestAccount;
  readonly person: QuickInputDriver;
  /** The document of Docs, where the suite opens it. */
  readonly editing: Editing;
  /** Changes Docs elsewhere, as the next refresh finds it. */
  foreign(patch: Readonly<Record<string, unknown>>): Promise<void>;
}

/**
 * Sets up the suite that calls it: an emulator, an account on screen, and a person in front of the
 * window. After each test nobody finds switches, requests or messages of the last one.
 */
export function setUpSuite(options: SuiteOptions = {}): Suite {
  const account = new TestAccount(options);
  const person = options.person ?? new QuickInputDriver();
  let editing: Editing | undefined;
  const [begin, end] = options.freshEmulator ? [beforeEach, afterEach] : [before, after];

  if (options.person === undefined) {
    before(() => person.arrive());
  }
  begin(() => account.begin());
  if (options.opensDocs) {
    beforeEach(async () => {
      editing = await Editing.open(account, "docs");
      await account.emulator.clearLog();
    });
    afterEach(async () => {
      await account.emulator.reset();
      await editing?.close();
      await foreign({ name: "Docs", updated_tools: [], updated_prompts: [] });
    });
  }
  if (!options.isStory && options.restart === undefined) {
    afterEach(async () => {
      await account.emulator.reset();
      await options.afterEach?.();
      if (options.signedIn === false && !options.freshEmulator) {
        await signOutAll(account.exports);
      }
      person.forget();
      await account.emulator.clearLog();
    });
  }
  end(async () => {
    await account.end();
    person.forget();
  });
  if (options.person === undefined) {
    after(() => person.leave());
  }

  async function foreign(patch: Readonly<Record<string, unknown>>): Promise<void> {
    await account.emulator.write({ server: "docs", patch });
    await run(COMMANDS.refresh);
  }
  return {
    account,
    person,
    get editing() {
      return begun(editing);
    },
    foreign,
  };
}

/** The account of an emulator, and what is seen of it on screen and on the wire. */
export class TestAccount {
  readonly #options: SuiteOptions;
  #exports: Exports | undefined;
  #emulator: TestEmulator | undefined;

  constructor(options: SuiteOptions) {
    this.#options = options;
  }

  get emulator(): Emulator {
    return begun(this.#emulator);
  }

  get exports(): Exports {
    return begun(this.#exports);
  }

  get globalKey(): GlobalKey {
    return begun(this.#emulator).globalKey;
  }

  server(serverId: string): Target {
    return { kind: "server", accountId: this.emulator.accountId, serverId };
  }

  capability(kind: "tool" | "prompt", serverId: string, name: string): Target {
    return { kind, accountId: this.emulator.accountId, serverId, name };
  }

  /** What the wire saw since it was asked last: method, path below the account's servers, body. */
  wire(): Promise<readonly string[]> {
    return takeWire(this.emulator);
  }

  /** Of that, what it was asked to write: the reads around it left out. */
  async puts(): Promise<readonly string[]> {
    return (await this.wire()).filter((line) => line.startsWith("PUT"));
  }

  /** What every PUT in the log has sent. The log stays. */
  putBodies(): Promise<readonly unknown[]> {
    return putBodies(this.emulator);
  }

  async begin(): Promise<void> {
    this.#emulator = await this.#start();
    this.#exports = await activated();
    await setApiRoot(this.emulator.url);
    if (this.#options.restart === "after") {
      // The window may have asked for the servers before the emulator was there.
      await run(COMMANDS.refresh);
    }
    if (this.#options.signedIn ?? this.#options.restart === undefined) {
      await this.#signIn();
    }
  }

  async end(): Promise<void> {
    if (this.#options.restart === "before") {
      return;
    }
    if (this.#exports !== undefined) {
      await signOutAll(this.#exports);
    }
    delete process.env["CLOUDFLARE_API_TOKEN"];
    await this.#emulator?.stop();
  }

  #start(): Promise<TestEmulator> {
    return this.#options.restart === undefined
      ? startTestEmulator(...(this.#options.emulator ?? []))
      : startLastingEmulator();
  }

  /** By the token of the environment, which is the way that needs no typing. */
  async #signIn(): Promise<void> {
    // Those of the last account, which would be taken for those of this one.
    await until(problems, (lines) => !lines.some(isOfLastLook));
    process.env["CLOUDFLARE_API_TOKEN"] = this.emulator.token;
    await run(COMMANDS.signIn, undefined, undefined, "environment");
    await until(
      () => this.exports.status.text,
      (text) => /^\$\(cloud\) MCP \d/u.test(text),
    );
    if (this.#options.emulator === undefined) {
      // What stands beside the demo's portals is read last, and one of its servers lacks a policy.
      await until(problems, (lines) => lines.some(isOfLastLook));
    } else if (this.#options.emulator.includes("--portals")) {
      await until(
        async () => (await this.exports.portals.getChildren()) ?? [],
        (portals) => portals.length > 0,
      );
    }
    await this.emulator.clearLog();
  }
}

/** True for a problem of one of the demo's servers, found by the look at what stands beside the portals. */
function isOfLastLook(problem: string): boolean {
  return problem.includes(" reach/no-policy: ");
}

function begun<T>(value: T | undefined): T {
  if (value === undefined) {
    throw new Error("The suite hasn't begun.");
  }
  return value;
}
