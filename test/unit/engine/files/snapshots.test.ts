import { deepEqual, equal, rejects } from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SERVER_SNAPSHOT } from "../../../../src/domain/servers/serverSnapshot.ts";
import { FileSnapshotCache } from "../../../../src/engine/files/snapshots.ts";
import { capability, server } from "../../support/servers.ts";

describe("the last good servers on disk", () => {
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "mcp-portals-"));
    file = join(folder, "servers.json");
  });
  afterEach(() => rm(folder, { recursive: true }));

  const many = Array.from({ length: 300 }, (_, index) => ({
    ...server({ id: `s${index}`, description: "ä\u2028".repeat(2000) }),
    received: {},
  }));

  it("come back, however many they are", async () => {
    const kept = new FileSnapshotCache(file, SERVER_SNAPSHOT);
    await kept.write({ at: 7, items: many });
    deepEqual(await new FileSnapshotCache(file, SERVER_SNAPSHOT).read(), { at: 7, items: many });
    deepEqual(await readdir(folder), ["servers.json"]);
  });

  it("are none where there is no file, and none where its end is missing", async () => {
    const kept = new FileSnapshotCache(file, SERVER_SNAPSHOT);
    equal(await kept.read(), undefined);
    await kept.write({ at: 7, items: many });
    const lines = (await readFile(file, "utf8")).split("\n");
    await writeFile(file, `${lines.slice(0, 200).join("\n")}\n`);
    equal(await kept.read(), undefined);
    await writeFile(file, lines.join("\n").slice(0, -30));
    equal(await kept.read(), undefined);
  });

  it("take away what a window that was killed has left, and nobody else's draft", async () => {
    const [old, young] = [`${file}.${randomUUID()}`, `${file}.${randomUUID()}`];
    for (const draft of [old, young]) {
      await writeFile(draft, "half");
    }
    await utimes(old, new Date(), new Date(Date.now() - 2 * 3_600_000));
    await new FileSnapshotCache(file, SERVER_SNAPSHOT).write({ at: 7, items: [] });
    deepEqual((await readdir(folder)).sort(), ["servers.json", young.slice(folder.length + 1)]);
  });

  it("leave no draft behind where they can't be put in place", async () => {
    await mkdir(file);
    await rejects(
      new FileSnapshotCache(file, SERVER_SNAPSHOT).write({ at: 7, items: many.slice(0, 1) }),
      {
        name: "StorageError",
        message: `The latest data from Cloudflare couldn't be stored in ${file}: a folder is in the file's place. A new window shows nothing until Cloudflare has answered.`,
      },
    );
    deepEqual(await readdir(folder), ["servers.json"]);
  });

  it("are kept but for a tool that is nested too deeply, which costs itself alone", async () => {
    let deep: unknown = {};
    for (let level = 0; level < 100_000; level += 1) {
      deep = { properties: deep };
    }
    const tool = capability("tool", "deep");
    const bad = server({
      id: "bad",
      tools: [
        { ...tool, source: { ...tool.source, inputSchema: deep } },
        capability("tool", "flat"),
      ],
    });
    const kept = new FileSnapshotCache(file, SERVER_SNAPSHOT);
    await kept.write({ at: 7, items: [bad, server({ id: "good" })] });
    const read = await kept.read();
    deepEqual(
      read?.items.map(({ id, tools }) => [id, tools.map(({ name }) => name)]),
      [
        ["bad", ["flat"]],
        ["good", ["search", "delete_page"]],
      ],
    );
  });
});
