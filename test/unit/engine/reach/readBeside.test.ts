import { deepEqual, equal, ok } from "node:assert/strict";
import { Connector } from "../../../../src/cloudflare/connect.ts";
import type { Zone } from "../../../../src/domain/access/dns.ts";
import type { Connection } from "../../../../src/domain/cloudflareClient.ts";
import { readBeside } from "../../../../src/engine/reach/readBeside.ts";
import { readSurroundings } from "../../../../src/engine/reach/surroundings.ts";
import { ZoneFinder } from "../../../../src/engine/reach/zoneFinder.ts";
import { emulatorPerTest } from "../../emulator/support/calling.ts";
import { portal } from "../../support/portals.ts";

const ZONE = "harborlane.example";
const PORTALS = Array.from({ length: 12 }, (_, index) =>
  portal({ id: `p${index}`, hostname: `p${index}.${ZONE}` }),
);

describe("Looking at what stands beside many portals of one zone", () => {
  const emulator = emulatorPerTest({ seed: "demo" });
  let connection: Connection | undefined;

  beforeEach(() => {
    connection = new Connector().connect({
      apiRoot: emulator().url,
      credential: { kind: "token", token: emulator().token },
      userAgent: "test/1",
    });
  });
  afterEach(() => connection?.close());

  const api = () => {
    ok(connection !== undefined);
    return connection.client(emulator().accountId);
  };
  /** How often the wire saw a question for each zone since the last call. */
  const asked = (): ReadonlyMap<string, number> => {
    const log = emulator().control.log();
    const names = log.flatMap(({ path, query }) =>
      path === "/zones" ? (query["name"] ?? "") : [],
    );
    emulator().control.clearLog();
    return new Map(
      [...Map.groupBy(names, (name) => name)].map(([name, all]) => [name, all.length]),
    );
  };
  const OnceEach = new Map([...PORTALS.map(({ hostname }) => hostname), ZONE].map((n) => [n, 1]));

  it("asks for each name once, for all portals together", async () => {
    const found = await readBeside(api(), PORTALS);
    deepEqual(asked(), OnceEach);
    deepEqual(
      PORTALS.map(({ id }) => found.get(id)?.dns),
      PORTALS.map(() => ({ kind: "read", value: { zone: ZONE, records: [] } })),
    );
  });

  it("asks so for the Terraform files too", async () => {
    const { records } = await readSurroundings(api(), PORTALS, []);
    equal(records.kind, "read");
    deepEqual(asked(), OnceEach);
  });

  it("asks anew with the next look", async () => {
    await readBeside(api(), PORTALS);
    asked();
    await readBeside(api(), PORTALS);
    deepEqual(asked(), OnceEach);
  });

  it("asks again for the next host where a request has failed", async () => {
    const zone: Zone = { id: "z1", name: ZONE };
    const names: string[] = [];
    const zones = new ZoneFinder({
      findZone: async (name) => {
        names.push(name);
        if (names.length === 2) {
          throw new Error("reset");
        }
        return name === ZONE ? zone : undefined;
      },
    });
    const find = (host: string) => zones.of(`${host}.${ZONE}`, {}).catch(() => "failed");
    deepEqual([await find("one"), await find("two"), await find("three")], ["failed", zone, zone]);
    deepEqual(names, [`one.${ZONE}`, ZONE, `two.${ZONE}`, ZONE, `three.${ZONE}`]);
  });
});
