import { ok } from "node:assert/strict";
import type { AccountStorage } from "../../../../src/engine/ports.ts";
import type { Cloudflare } from "../support/cloudflare.ts";
import { Dice } from "../support/dice.ts";
import { Emulated } from "../support/emulated.ts";
import { foreignWrite, History, turns } from "../support/history.ts";
import { docsAtCloudflare, docsRecord } from "../support/record.ts";
import { keepingIn, keepingInMemory, withFolder } from "../support/storage.ts";
import { Window } from "../support/window.ts";

/** More by the environment: EDIT_HISTORIES=10000; one of them again: EDIT_SEED=1234. */
const histories = Number(process.env["EDIT_HISTORIES"] ?? 300);
const again = process.env["EDIT_SEED"];
const firstSeed = again === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(again);
const atOnce = 8;

describe("two windows and somebody elsewhere, with faults at every request", () => {
  const count = again === undefined ? histories : 1;

  it(`lose no saved edit in ${count} histories from seed ${firstSeed}`, async function () {
    this.timeout(30_000 + count * 1000);
    let edits = 0;
    const seeds = Array.from({ length: count }, (_, index) => firstSeed + index).values();
    const worker = async () => {
      for (const seed of seeds) {
        const made = await oneHistory(seed);
        edits += made;
      }
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
    ok(edits > count, "there were edits");
  });
});

describe("the same over real sockets", () => {
  it("loses no saved edit in 12 histories", async function () {
    this.timeout(60_000);
    for (let seed = firstSeed; seed < firstSeed + 12; seed += 1) {
      const remote = await Emulated.start(docsRecord());
      const dice = new Dice(seed);
      try {
        const keepingOf = keepingInMemory();
        const open = (name: string) => new Window(remote.client(), keepingOf(name), "docs");
        const history = new History(dice, remote.remote(dice), [open("one"), open("two")]);
        await history.begin();
        await history.run(14);
        remote.emulator.control.resetSwitches();
        await history.check();
        history.end();
      } catch (error) {
        throw new Error(`EDIT_SEED=${seed}`, { cause: error });
      } finally {
        await remote.close();
      }
    }
  });
});

async function oneHistory(seed: number): Promise<number> {
  try {
    // A disk takes its own time, so its histories differ from run to run.
    return seed % 10 === 0
      ? await withFolder((folder) => play(seed, keepingIn(folder)))
      : await play(seed, keepingInMemory());
  } catch (error) {
    throw new Error(`EDIT_SEED=${seed}: ${error instanceof Error ? error.message : error}`, {
      cause: error,
    });
  }
}

async function play(seed: number, keepingOf: (window: string) => AccountStorage): Promise<number> {
  const dice = new Dice(seed);
  const cloudflare = docsAtCloudflare(dice);
  const open = (name: string) => new Window(cloudflare.client(), keepingOf(name), "docs");
  const history = new History(dice, remoteOf(cloudflare), [open("one"), open("two")]);
  await history.begin();
  cloudflare.faults = dice.pick([0, 0.1, 0.3]);
  await history.run(14);
  cloudflare.faults = 0;
  await cloudflare.landed();
  await history.check();
  history.end();
  await turns(1);
  return history.edits;
}

function remoteOf(cloudflare: Cloudflare) {
  return {
    now: async () => cloudflare.now(),
    foreign: (entries: Parameters<typeof foreignWrite>[0]) =>
      cloudflare.foreign(foreignWrite(entries)),
  };
}
