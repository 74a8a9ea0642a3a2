import { deepEqual, equal } from "node:assert/strict";
import { Emitter } from "../../../src/base/emitter.ts";
import type { AccountStorage } from "../../../src/engine/ports.ts";
import { Dice } from "../engine/support/dice.ts";
import { docsAtCloudflare } from "../engine/support/record.ts";
import { keepingInMemory } from "../engine/support/storage.ts";
import { uncaughtDuring } from "../engine/support/uncaught.ts";
import { Window } from "../engine/support/window.ts";

const broken = new Error("a listener is broken");

describe("a listener that throws", () => {
  it("doesn't keep others from being called, and its error is reported", async () => {
    const emitter = new Emitter<string>();
    const heard: string[] = [];
    emitter.event(() => {
      throw broken;
    });
    emitter.event((value) => heard.push(value));
    const errors = await uncaughtDuring(async () => emitter.fire("a"));
    deepEqual(heard, ["a"]);
    deepEqual(errors, [broken]);
  });

  it("doesn't keep an edit from its result", async () => {
    const cloudflare = docsAtCloudflare(new Dice(1));
    const window = new Window(cloudflare.client(), keepingInMemory()("one"), "docs");
    await window.poll();
    const errors = await uncaughtDuring(async () => {
      window.store.onDidChange(() => {
        throw broken;
      });
      for (const to of ["One", "Two"]) {
        const { saved } = await window.edit([{ field: { of: undefined, key: "name" }, to }]);
        equal(saved.length, 1);
      }
    });
    equal(cloudflare.record.name, "Two");
    deepEqual(new Set(errors), new Set([broken]));
    window.close();
  });
});

describe("an edit whose result can't be shown", () => {
  it("is answered all the same, and so is the one behind it", async () => {
    const cloudflare = docsAtCloudflare(new Dice(1));
    const kept = keepingInMemory()("one");
    let isSent = false;
    const storage: AccountStorage = {
      ...kept,
      journal: {
        ...kept.journal,
        append: async (entries) => {
          await kept.journal.append(entries);
          isSent = true;
        },
      },
      now: () => {
        if (isSent) {
          isSent = false;
          throw broken;
        }
        return Date.now();
      },
    };
    const window = new Window(cloudflare.client(), storage, "docs");
    await window.poll();
    const errors = await uncaughtDuring(async () => {
      for (const to of ["One", "Two"]) {
        const { saved } = await window.edit([{ field: { of: undefined, key: "name" }, to }]);
        equal(saved.length, 1);
      }
    });
    deepEqual(errors, [broken, broken]);
    window.close();
  });
});
