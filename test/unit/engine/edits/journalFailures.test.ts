import { deepEqual, equal } from "node:assert/strict";
import { ApiError } from "../../../../src/domain/apiError.ts";
import type { CloudflareClient } from "../../../../src/domain/cloudflareClient.ts";
import { UndoHistory } from "../../../../src/engine/edits/undo.ts";
import { StorageError } from "../../../../src/engine/files/storageError.ts";
import type { AccountStorage } from "../../../../src/engine/ports.ts";
import { Dice } from "../support/dice.ts";
import { docsAtCloudflare } from "../support/record.ts";
import { keepingInMemory } from "../support/storage.ts";
import { Window } from "../support/window.ts";

const full = new StorageError("the disk is full");
const refusal = new ApiError("refused", { kind: "forbidden", reason: "refused", status: 403 });

function rename(to: string) {
  return [{ field: { of: undefined, key: "name" }, to }] as const;
}

describe("A journal that can't be written", () => {
  /** The kinds of entries that the journal fails to store. */
  let failing: ReadonlySet<string>;
  let storage: AccountStorage;
  let cloudflare: ReturnType<typeof docsAtCloudflare>;
  let sent: number;
  let isRefused: boolean;
  let window: Window;
  beforeEach(async () => {
    failing = new Set();
    const kept = keepingInMemory()("one");
    storage = {
      ...kept,
      journal: {
        read: () => kept.journal.read(),
        append: async (entries) => {
          if (entries.some(({ kind }) => failing.has(kind))) {
            throw full;
          }
          await kept.journal.append(entries);
        },
      },
    };
    cloudflare = docsAtCloudflare(new Dice(1));
    sent = 0;
    isRefused = false;
    const client = cloudflare.client();
    const api: CloudflareClient = {
      ...client,
      updateServer: (id, patch) => {
        sent += 1;
        return isRefused ? Promise.reject(refusal) : client.updateServer(id, patch);
      },
    };
    window = new Window(api, storage, "docs");
    await window.poll();
  });
  afterEach(() => window.close());

  it("stops a write before it is sent, and is told as the reason", async () => {
    failing = new Set(["write"]);
    const { failure } = await window.edit(rename("New"));
    deepEqual([failure?.error, failure?.status, sent], [full, "refused", 0]);
  });

  it("doesn't hide that Cloudflare refused a write", async () => {
    failing = new Set(["void"]);
    isRefused = true;
    const { failure } = await window.edit(rename("New"));
    deepEqual([failure?.error, failure?.status, sent], [refusal, "refused", 1]);
    equal(window.shown.name, "Docs");
  });

  it("leaves a step behind whose undo sends nothing", async () => {
    failing = new Set(["void"]);
    isRefused = true;
    await window.edit(rename("New"));
    failing = new Set();
    isRefused = false;
    equal((await window.undo())?.failure, undefined);
    deepEqual([cloudflare.record.name, sent], ["Docs", 1]);
  });

  it("doesn't hide that a step was undone, and the next undo takes the step before it", async () => {
    const history = new UndoHistory({
      storage,
      isKnown: () => true,
      save: ({ changes }, options) => window.change(changes, options),
    });
    await window.edit(rename("First"));
    await window.edit(rename("Second"));
    failing = new Set(["void"]);
    for (const name of ["First", "Docs"]) {
      const [write] = (await history.last())?.writes ?? [];
      const result = write && (await history.undo(write));
      deepEqual([result?.failure, cloudflare.record.name], [undefined, name]);
    }
  });
});
