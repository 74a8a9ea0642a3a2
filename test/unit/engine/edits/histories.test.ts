import { ok } from "node:assert/strict";
import type { AccountStorage } from "../../../../src/engine/ports.ts";
import { Dice } from "../support/dice.ts";
import { Emulated } from "../support/emulated.ts";
import type { FaultyRemote } from "../support/faultyRemote.ts";
import { foreignGateWrite, GateRemote, gateSubject, gateWindow } from "../support/gates.ts";
import { History, turns } from "../support/history.ts";
import {
  foreignPortalWrite,
  PortalRemote,
  PortalWindow,
  portalSubject,
} from "../support/portalRemote.ts";
import { docsAtCloudflare, docsRecord, foreignWrite, serverSubject } from "../support/record.ts";
import { keepingIn, keepingInMemory, withFolder } from "../support/storage.ts";
import { Window } from "../support/window.ts";

/** EDIT_HISTORIES=10000 plays more histories; EDIT_SEED=1234 repeats one. */
const histories = Number(process.env["EDIT_HISTORIES"] ?? 300);
const again = process.env["EDIT_SEED"];
const firstSeed = Number(again ?? 1);
const atOnce = 8;

const SUBJECTS = {
  servers: playServer,
  portals: playPortal,
  "a kind of resource that only tests know": playGate,
};

for (const [subject, play] of Object.entries(SUBJECTS)) {
  describe(`two windows and somebody elsewhere, with faults at every request for ${subject}`, () => {
    const count = again === undefined ? histories : 1;

    it(`lose no saved edit in ${count} histories from seed ${firstSeed}`, async function () {
      this.timeout(30_000 + count * 1000);
      let edits = 0;
      const seeds = Array.from({ length: count }, (_, index) => firstSeed + index).values();
      const worker = async () => {
        for (const seed of seeds) {
          const made = await oneHistory(seed, play);
          edits += made;
        }
      };
      await Promise.all(Array.from({ length: atOnce }, worker));
      ok(edits > count, "there were edits");
    });
  });
}

describe("the same over real sockets", () => {
  it("loses no saved edit in 12 histories", async function () {
    this.timeout(60_000);
    for (let seed = firstSeed; seed < firstSeed + 12; seed += 1) {
      const remote = await Emulated.start(docsRecord());
      const dice = new Dice(seed);
      try {
        const keepingOf = keepingInMemory();
        const open = (name: string) => new Window(remote.client(), keepingOf(name), "docs");
        const history = new History({
          subject: serverSubject,
          dice,
          remote: remote.remote(dice),
          windows: [open("one"), open("two")],
        });
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

type HistoryRun = (seed: number, keepingOf: (window: string) => AccountStorage) => Promise<number>;

async function oneHistory(seed: number, play: HistoryRun): Promise<number> {
  try {
    // The time of a disk varies, so these histories differ from run to run.
    return seed % 10 === 0
      ? await withFolder((folder) => play(seed, keepingIn(folder)))
      : await play(seed, keepingInMemory());
  } catch (error) {
    throw new Error(`EDIT_SEED=${seed}: ${error instanceof Error ? error.message : error}`, {
      cause: error,
    });
  }
}

function playServer(seed: number, keepingOf: (window: string) => AccountStorage): Promise<number> {
  const dice = new Dice(seed);
  const remote = docsAtCloudflare(dice);
  const open = (name: string) => new Window(remote.client(), keepingOf(name), "docs");
  const history = new History({
    subject: serverSubject,
    dice,
    remote: {
      now: async () => remote.now(),
      foreign: (entries) => remote.foreign(foreignWrite(entries)),
    },
    windows: [open("one"), open("two")],
  });
  return playThrough(history, dice, remote);
}

function playPortal(seed: number, keepingOf: (window: string) => AccountStorage): Promise<number> {
  const dice = new Dice(seed);
  const remote = new PortalRemote(dice);
  const open = (name: string) => new PortalWindow(remote.client(), keepingOf(name));
  const history = new History({
    subject: portalSubject,
    dice,
    remote: {
      now: async () => remote.now(),
      foreign: (entries) => remote.foreign(foreignPortalWrite(entries)),
    },
    windows: [open("one"), open("two")],
  });
  return playThrough(history, dice, remote);
}

function playGate(seed: number, keepingOf: (window: string) => AccountStorage): Promise<number> {
  const dice = new Dice(seed);
  const remote = new GateRemote(dice);
  const open = (name: string) => gateWindow(remote, keepingOf(name));
  const history = new History({
    subject: gateSubject,
    dice,
    remote: {
      now: async () => remote.now(),
      foreign: (entries) => remote.foreign(foreignGateWrite(entries)),
    },
    windows: [open("one"), open("two")],
  });
  return playThrough(history, dice, remote);
}

async function playThrough<T, Wire, Patch>(
  history: History<T>,
  dice: Dice,
  remote: FaultyRemote<Wire, T, Patch>,
): Promise<number> {
  await history.begin();
  remote.faults = dice.pick([0, 0.1, 0.3]);
  await history.run(14);
  remote.faults = 0;
  await remote.landed();
  await history.check();
  history.end();
  await turns(1);
  return history.edits;
}
