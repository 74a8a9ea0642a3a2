import { deepEqual, ok } from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { mappedCapabilityField } from "../../src/domain/portals/fields.ts";
import { portalRef } from "../../src/domain/portals/portalKind.ts";
import { ROOT } from "../harness/paths.ts";
import { emulatedClient } from "./cloudflare/support/emulated.ts";
import { baselineOf } from "./domain/review/support/definitions.ts";
import { until } from "./emulator/support/calling.ts";
import { openSession } from "./engine/support/openSession.ts";
import { accountId, withFolder } from "./engine/support/storage.ts";

describe("SECURITY.md", () => {
  it("names each file that an account keeps on this machine, and no other", async () => {
    const the = await emulatedClient();
    try {
      await withFolder(async (folder) => {
        const { storage, session, close } = openSession(the.api, folder);
        await session.refresh();
        // This write takes with it an override whose tool is gone.
        const tool = { kind: "tool", name: "get_trace" } as const;
        const field = mappedCapabilityField("observability", tool, "enabled");
        const changes = [{ field, from: true, to: false }];
        const { lost } = await session.save({ ref: portalRef(accountId, "engineering"), changes });
        ok(lost);
        await storage.acceptedHints(accountId)?.update(() => ({}));
        const baselines = await storage.baselines(accountId);
        await baselines?.update("docs", () => baselineOf([]));
        await storage.tokens(accountId)?.update(() => ({}));
        await storage.reconnects(accountId)?.update(() => ({}));
        const kept = () => readdir(join(folder, "accounts", accountId));
        await until(async () => SNAPSHOTS.isSubsetOf(new Set(await kept())));
        const text = await readFile(join(ROOT, "SECURITY.md"), "utf8");
        const [, table = ""] = text.split("| what | where | until |");
        const named = [...table.matchAll(/`(?:accounts\/‹id›\/)?(\w+(?:\.jsonl?|\/))`/gu)].flatMap(
          ([, name = ""]) => (OUTSIDE.has(name) ? [] : name.replace("/", "")),
        );
        deepEqual((await kept()).sort(), named.sort());
        await close();
      });
    } finally {
      await the.close();
    }
  });
});

/** They are written when nobody waits for it. */
const SNAPSHOTS = new Set(["servers.json", "portals.json"]);

/** What doesn't lie in an account's folder. */
const OUTSIDE: ReadonlySet<string> = new Set(["signIns/", "demo.json"]);
