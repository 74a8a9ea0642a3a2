import { parseServer } from "../../src/cloudflare/servers.ts";
import { withFirstLooks } from "../../src/domain/files/pulled.ts";
import { type Baseline, firstLook } from "../../src/domain/review/baseline.ts";
import { changesOf } from "../../src/domain/review/changes.ts";
import { emptyLock, lockText, readLock } from "../../src/domain/review/lockFile.ts";
import { likelyRenames } from "../../src/domain/review/renames.ts";
import type { Server } from "../../src/domain/servers/server.ts";
import { wireServer } from "./catalogues.ts";
import { threadTime } from "./measures.ts";
import { compared, inTurn, type Result } from "./result.ts";

const SERVERS = 1000;
const TOOLS = 100;
const CHANGED = 100;
const LOCKED_SERVERS = 250;
const ROUNDS = 5;
const AT = "2026-11-27T12:00:00.000Z";

/** The time to compare a large account with what was accepted, next to the time to read its text. */
export async function benchReviewing(): Promise<readonly Result[]> {
  const text = JSON.stringify(
    Array.from({ length: SERVERS }, (_, index) => wireServer(index, TOOLS)),
  );
  const accepted = baselinesOf(readAll(text));
  const same = readAll(text);
  const baselinesOfSame = baselinesOf(same);
  const runs = {
    changed: async () => {
      const servers = readAll(text).map(withOneChanged);
      return threadTime(() => countChanges(servers, accepted, CHANGED));
    },
    same: async () => threadTime(() => countChanges(same, baselinesOfSame, 0)),
    parse: async () => threadTime(() => JSON.parse(text)),
  };
  await inTurn(1, runs);
  const { changed, same: unchanged, parse } = await inTurn(ROUNDS, runs);
  const renames = await inTurn(ROUNDS, renaming(500));
  const growth = await inTurn(ROUNDS, {
    few: renaming(100).ours,
    many: renaming(2000).ours,
  });
  const locks = await inTurn(ROUNDS, locking());
  return [
    compared(
      "compare 100,000 of which 100 changed, CPU ms: ours / JSON.parse",
      changed,
      parse,
      0.5,
    ),
    compared("the same, nothing changed: ours / JSON.parse", unchanged, parse, 0.01),
    compared(
      "likely renames of 500, CPU ms: ours / JSON.stringify",
      renames.ours,
      renames.peer,
      10,
    ),
    compared("likely renames: 2,000 / 20 times 100", growth.many, 20 * growth.few, 2),
    compared(
      "read and write a lock of 25,000, CPU ms: ours / JSON.parse and stringify",
      locks.ours,
      locks.peer,
      2,
    ),
  ];
}

function readAll(text: string): readonly Server[] {
  const wire: readonly unknown[] = JSON.parse(text);
  return wire.map((server) => parseServer(server));
}

function baselinesOf(servers: readonly Server[]): readonly (Baseline | undefined)[] {
  return servers.map((server) => firstLook(server, AT));
}

/** One tool of each of the first servers says something else. */
function withOneChanged(server: Server, index: number): Server {
  const [first, ...rest] = server.tools;
  return index >= CHANGED || first === undefined
    ? server
    : {
        ...server,
        tools: [{ ...first, source: { ...first.source, description: "Other" } }, ...rest],
      };
}

function countChanges(
  servers: readonly Server[],
  baselines: readonly (Baseline | undefined)[],
  expected: number,
): void {
  const count = servers.reduce((sum, server, index) => {
    const baseline = baselines[index];
    return sum + (baseline === undefined ? 0 : changesOf(baseline, server).length);
  }, 0);
  if (count !== expected) {
    throw new Error(`${count} changes instead of ${expected}`);
  }
}

/** A lock file of a large account, read and written as it was. */
function locking() {
  const servers = Array.from({ length: LOCKED_SERVERS }, (_, index) =>
    parseServer(wireServer(index, TOOLS)),
  );
  const text = lockText(withFirstLooks(emptyLock("0".repeat(32)), servers, AT));
  return {
    ours: async () =>
      threadTime(() => {
        const read = readLock(text);
        if ("problem" in read || lockText(read.lock).length !== text.length) {
          throw new Error("It isn't read and written as it was.");
        }
      }),
    peer: async () => threadTime(() => JSON.stringify(JSON.parse(text))),
  };
}

/** As many tools gone as added, each with another name and nearly the same words. */
function renaming(count: number) {
  const tools = Array.from({ length: Math.ceil(count / TOOLS) }, (_, index) =>
    parseServer(wireServer(index, TOOLS)).tools.map(({ name, source }) => ({
      name: `${name}_${index}`,
      definition: { ...source, description: `${source["description"]} of place ${index}` },
    })),
  )
    .flat()
    .slice(0, count);
  const added = tools.map((each) => ({ ...each, name: `${each.name}_v2` }));
  return {
    ours: async () => threadTime(() => likelyRenames("tool", tools, added)),
    peer: async () => threadTime(() => JSON.stringify([tools, added])),
  };
}
