import { deepEqual, equal } from "node:assert/strict";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { FieldValue } from "../../../../src/domain/changes/change.ts";
import type { CloudflareClient } from "../../../../src/domain/cloudflareClient.ts";
import { Dice } from "../support/dice.ts";
import { docsAtCloudflare } from "../support/record.ts";
import { keepingIn, withFolder } from "../support/storage.ts";
import { Window } from "../support/window.ts";

const aliasOf = (name: string, to: string): readonly FieldValue[] => [
  { field: { of: { kind: "tool", name }, key: "alias" }, to },
];

/**
 * Plays an edit of one window, whose lock is taken away between its read and its write, while the
 * other window saves an edit of its own.
 */
async function playLost(folder: string, own: readonly FieldValue[], other: readonly FieldValue[]) {
  const cloudflare = docsAtCloudflare(new Dice(1));
  const client = cloudflare.client();
  const storageOf = keepingIn(folder);
  const second = new Window(client, storageOf("two"), "docs");
  await second.poll();
  let isTaken = false;
  const api: CloudflareClient = {
    ...client,
    async readServer(...args) {
      const read = await client.readServer(...args);
      if (!isTaken) {
        isTaken = true;
        await rm(join(folder, "locks"), { recursive: true });
        await second.edit(other);
      }
      return read;
    },
  };
  const first = new Window(api, storageOf("one"), "docs");
  await first.poll();
  const result = await first.edit(own);
  first.close();
  second.close();
  return { result, record: cloudflare.record };
}

describe("A write whose lock is taken away before it is sent", () => {
  it("begins anew, so that what another window wrote meanwhile is kept", () =>
    withFolder(async (folder) => {
      const { result, record } = await playLost(
        folder,
        aliasOf("search", "find"),
        aliasOf("list_pages", "pages"),
      );
      equal(result.failure, undefined);
      const aliases = record.updated_tools.flatMap(({ name, alias }) =>
        name === "search" || name === "list_pages" ? [[name, alias]] : [],
      );
      deepEqual(aliases.sort(), [
        ["list_pages", "pages"],
        ["search", "find"],
      ]);
    }));

  it("tells of another value for the same field, and doesn't take it for its own", () =>
    withFolder(async (folder) => {
      const { result, record } = await playLost(
        folder,
        aliasOf("search", "find"),
        aliasOf("search", "look"),
      );
      deepEqual(
        result.conflicts.map(({ change, theirs }) => [change.field.key, theirs, change.to]),
        [["alias", "look", "find"]],
      );
      equal(record.updated_tools.find(({ name }) => name === "search")?.alias, "look");
    }));
});
