import { deepEqual, equal } from "node:assert/strict";
import { join } from "node:path";
import { makeTemporaryFolder } from "../../harness/temporary.ts";
import { emulatorForAll } from "../emulator/support/calling.ts";
import { Dice } from "../engine/support/dice.ts";
import { changeElsewhere, generateAccount, meaningOf } from "./support/generatedAccount.ts";
import { environmentOf } from "./support/runCli.ts";
import { runHere } from "./support/runHere.ts";

const ACCOUNTS = 200;
const AT_ONCE = 20;

describe("The files of generated accounts", function () {
  this.timeout(120_000);
  const emulator = emulatorForAll({ seed: "empty" });
  let folder: Awaited<ReturnType<typeof makeTemporaryFolder>>;
  beforeEach(async () => {
    folder = await makeTemporaryFolder("round-trip");
  });
  afterEach(() => folder.remove());

  async function run(...args: readonly string[]) {
    const { url } = emulator();
    const state = { XDG_STATE_HOME: join(folder.path, "state") };
    return runHere([...args, "--api-base-url", url], { ...environmentOf(emulator()), ...state });
  }

  /** Writes of the account since the last time. */
  function takeWrites(): readonly string[] {
    const { control } = emulator();
    const writes = control
      .log()
      .filter(({ method }) => method !== "GET")
      .map(({ method, path }) => `${method} ${path.replace(/.*\/mcp\//u, "")}`);
    control.clearLog();
    return writes;
  }

  for (let first = 1; first <= ACCOUNTS; first += AT_ONCE) {
    const last = first + AT_ONCE - 1;
    it(`plan nothing after a pull, and bring back what changed elsewhere: ${first} to ${last}`, async () => {
      for (let seed = first; seed <= last; seed += 1) {
        const dice = new Dice(seed);
        generateAccount(emulator(), dice);
        const files = join(folder.path, String(seed));
        equal((await run("pull", files)).status, 0, `pull of ${seed}`);
        const before = meaningOf(emulator());
        const unchanged = await run("plan", files);
        deepEqual(
          [unchanged.status, unchanged.stderr],
          [0, ""],
          `plan of ${seed}: ${unchanged.stdout}`,
        );

        changeElsewhere(emulator(), dice);
        takeWrites();
        const applied = await run("apply", files, "--yes");
        deepEqual(
          [applied.status, applied.stderr],
          [0, ""],
          `apply of ${seed}: ${applied.stdout}${applied.stderr}`,
        );
        const changed = takeWrites().filter((line) => line.startsWith("PUT "));
        equal(new Set(changed).size, changed.length, `writes of ${seed}`);
        deepEqual(meaningOf(emulator()), before, `account ${seed}`);
        equal((await run("plan", files)).status, 0, `plan after apply of ${seed}`);
        takeWrites();
        equal((await run("apply", files, "--yes")).status, 0);
        deepEqual(takeWrites(), [], `second apply of ${seed}`);
      }
    });
  }
});
