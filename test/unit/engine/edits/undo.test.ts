import { deepEqual, equal } from "node:assert/strict";
import { ApiError } from "../../../../src/domain/apiError.ts";
import type { CloudflareClient } from "../../../../src/domain/cloudflareClient.ts";
import type { AccountStorage } from "../../../../src/engine/ports.ts";
import { Dice } from "../support/dice.ts";
import { docsAtCloudflare } from "../support/record.ts";
import { keepingInMemory } from "../support/storage.ts";
import { Window } from "../support/window.ts";

function rename(to: string) {
  return [{ field: { of: undefined, key: "name" }, to }] as const;
}

function disable(name: string) {
  return [{ field: { of: { kind: "tool", name }, key: "enabled" }, to: false }] as const;
}

const timeout = new ApiError("timeout", { kind: "offline", reason: "timeout" });

describe("undo", () => {
  let keepingOf: (window: string) => AccountStorage;
  let cloudflare: ReturnType<typeof docsAtCloudflare>;
  const windows: Window[] = [];
  const open = async (name: string): Promise<Window> => {
    const window = new Window(cloudflare.client(), keepingOf(name), "docs");
    windows.push(window);
    await window.poll();
    return window;
  };
  beforeEach(() => {
    keepingOf = keepingInMemory();
    cloudflare = docsAtCloudflare(new Dice(1));
  });
  afterEach(() => {
    for (const window of windows.splice(0)) {
      window.close();
    }
  });

  it("takes several steps back, to exactly what was there", async () => {
    const window = await open("one");
    const before = cloudflare.record;
    await window.edit(rename("Documentation"));
    await window.edit(disable("search"));
    await window.edit(rename("Handbook"));
    for (const name of ["Documentation", "Documentation", "Docs"]) {
      await window.undo();
      equal(window.shown.name, name);
    }
    equal(await window.undo(), undefined);
    deepEqual(cloudflare.record.updated_tools, before.updated_tools);
  });

  it("works in a window that is opened later, and leaves each window its own", async () => {
    const one = await open("one");
    const two = await open("two");
    await one.edit(rename("Documentation"));
    await two.edit(disable("search"));
    await one.undo();
    equal(cloudflare.record.name, "Docs");
    equal(cloudflare.now().toolOverrides.get("search")?.enabled, false);
    const later = await open("later");
    await later.undo();
    equal(cloudflare.now().toolOverrides.get("search"), undefined);
  });

  it("leaves out what would overwrite somebody's newer change, says so, and undoes the rest", async () => {
    const window = await open("one");
    await window.edit([...rename("Documentation"), ...disable("search")]);
    cloudflare.record = { ...cloudflare.record, name: "Theirs" };
    const result = await window.undo();
    deepEqual(
      result?.conflicts.map(({ change, theirs }) => [change.to, theirs]),
      [["Docs", "Theirs"]],
    );
    equal(cloudflare.record.name, "Theirs");
    equal(cloudflare.now().toolOverrides.get("search"), undefined);
  });

  it("takes back a change that was missing at first and has arrived since", async () => {
    const client = cloudflare.client();
    let isLost = false;
    const lossy: CloudflareClient = {
      ...client,
      updateServer: (id, patch) =>
        isLost ? Promise.reject(timeout) : client.updateServer(id, patch),
    };
    const window = new Window(lossy, keepingOf("one"), "docs");
    windows.push(window);
    await window.poll();
    await window.edit(rename("First"));
    isLost = true;
    equal((await window.edit(rename("Late"))).failure?.status, "missing");
    isLost = false;
    cloudflare.record = { ...cloudflare.record, name: "Late" };
    await window.poll();
    await window.undo();
    equal(cloudflare.record.name, "First");
  });

  it("that fails can be tried again", async () => {
    const window = await open("one");
    await window.edit(rename("Documentation"));
    cloudflare.down = true;
    equal((await window.undo())?.failure?.changes.length, 1);
    cloudflare.down = false;
    equal((await window.undo())?.failure, undefined);
    equal(cloudflare.record.name, "Docs");
  });
});
