import { match, ok, rejects } from "node:assert/strict";
import { join } from "node:path";
import { firstLook } from "../../../../src/domain/review/baseline.ts";
import { serverRef } from "../../../../src/domain/servers/serverKind.ts";
import { SERVER_SNAPSHOT } from "../../../../src/domain/servers/serverSnapshot.ts";
import { MachineStorage } from "../../../../src/engine/files/accountStorage.ts";
import { FileSnapshotCache } from "../../../../src/engine/files/snapshots.ts";
import { SignInRegistry } from "../../../../src/features/accounts/signInRegistry.ts";
import { onFailingDisk } from "../../support/failingDisk.ts";
import { server } from "../../support/servers.ts";
import { accountId, withFolder } from "../support/storage.ts";

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full",
  EROFS: "the disk is read-only",
  EISDIR: "a folder is in the file's place",
  EACCES: "permission denied",
};

/** Writes one of the things that are kept on this machine. */
type Write = (folder: string) => Promise<unknown>;

const shared =
  (name: "acceptedHints" | "tokens" | "reconnects"): Write =>
  async (folder) => {
    const storage = new MachineStorage(folder);
    storage.forAccount(accountId);
    await storage[name](accountId)?.update(() => ({}));
  };

const KEPT: Readonly<Record<string, { readonly write: Write; readonly means: RegExp }>> = {
  "the step that Undo needs": {
    write: (folder) =>
      new MachineStorage(folder).forAccount(accountId).journal.append([
        {
          kind: "write",
          id: "a",
          action: "a",
          window: "one",
          at: 1,
          ref: serverRef(accountId, "docs"),
          changes: [],
        },
      ]),
    means: /What can't be undone isn't sent/u,
  },
  "the lock of a write": {
    write: (folder) =>
      new MachineStorage(folder).forAccount(accountId).locks.run("server:docs", async () => 0),
    means: /So nothing was sent to Cloudflare/u,
  },
  "the latest data": {
    write: (folder) =>
      new FileSnapshotCache(join(folder, "servers.json"), SERVER_SNAPSHOT).write({
        at: 1,
        items: [server()],
      }),
    means: /A new window shows nothing until Cloudflare has answered/u,
  },
  "accepted definitions": {
    write: async (folder) => {
      const storage = new MachineStorage(folder);
      storage.forAccount(accountId);
      const baselines = await storage.baselines(accountId);
      await baselines?.update("docs", () => firstLook(server(), "2026-01-01T00:00:00Z"));
    },
    means: /A new window compares with what was stored before/u,
  },
  "accepted hints": {
    write: shared("acceptedHints"),
    means: /What changes while no window is open may go unnoticed/u,
  },
  "counted tokens": { write: shared("tokens"), means: /The next window counts them again/u },
  "when names of portals changed": {
    write: shared("reconnects"),
    means: /A new window no longer says whose users have to connect again/u,
  },
  "lost overrides": {
    write: async (folder) => {
      const storage = new MachineStorage(folder);
      storage.forAccount(accountId);
      const field = { of: { kind: "tool", name: "search" }, key: "alias" };
      await storage
        .lost(accountId)
        ?.add(serverRef(accountId, "docs"), [{ field, from: "find", to: null }]);
    },
    means: /A new window can't bring them back/u,
  },
  "a sign-in": {
    write: (folder) =>
      new SignInRegistry(folder).write(accountId, {
        generation: 1,
        signedIn: true,
        readOnly: false,
      }),
    means: /No window uses the credential without it/u,
  },
  "a sign-out": {
    write: (folder) =>
      new SignInRegistry(folder).write(accountId, {
        generation: 1,
        signedIn: false,
        readOnly: false,
      }),
    means: /other windows may still use theirs until they are reloaded/u,
  },
};

describe("What couldn't be kept on this machine", () => {
  for (const [what, { write, means }] of Object.entries(KEPT)) {
    for (const [code, reason] of Object.entries(REASONS)) {
      it(`is told of ${what} with the place and what it means where the disk says ${code}`, () =>
        withFolder((folder) =>
          onFailingDisk(code, () =>
            rejects(write(folder), ({ name, message }: Error) => {
              match(name, /^StorageError$/u);
              ok(message.includes(`${folder}/`), message);
              ok(message.includes(`: ${reason}. `), message);
              match(message, means);
              ok(!message.includes(code) && !message.includes("no such luck"), message);
              return true;
            }),
          ),
        ));
    }
  }
});
