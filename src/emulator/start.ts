import { randomBytes } from "node:crypto";
import { Clock } from "./clock.ts";
import { Control } from "./control.ts";
import { Controls } from "./controls.ts";
import type { Emulation } from "./emulation.ts";
import { type GlobalKey, Identities, newToken } from "./identity.ts";
import { apiRoot, createListener } from "./listener.ts";
import { RequestLog } from "./requestLog.ts";
import { adminEmail } from "./routes/author.ts";
import { seedDemo } from "./seeds/demo.ts";
import { DemoUpstreams } from "./upstreams/demo.ts";
import { listenOn } from "./upstreams/host.ts";
import { World } from "./world/world.ts";

export interface EmulatorOptions {
  /** 0, the default, picks a free one. */
  readonly port?: number;
  /** What a new account holds. Default: demo. */
  readonly seed?: "demo" | "empty";
  /** Milliseconds that every request takes. */
  readonly latency?: number;
  /** Milliseconds that every sync takes. */
  readonly syncLatency?: number;
}

export interface Emulator {
  /** The API root, to be used as it stands. */
  readonly url: string;
  readonly accountId: string;
  /** A user token that may write. */
  readonly token: string;
  /** A user token that may only read. */
  readonly readOnlyToken: string;
  /** A token of the account itself: only the account's verification knows it. */
  readonly accountToken: string;
  /** The legacy email and Global API Key. */
  readonly globalKey: GlobalKey;
  readonly control: Control;
  close(): Promise<void>;
}

/** Starts an emulator in this process. It listens on loopback only. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const clock = new Clock();
  const world = new World(clock);
  const upstreams = new DemoUpstreams();
  const globalKey = { email: adminEmail, key: randomBytes(19).toString("hex").slice(0, 37) };
  const identities = new Identities(globalKey);
  const controls = new Controls(options.latency ?? 0, options.syncLatency ?? 0);
  const emulation: Emulation = {
    clock,
    world,
    controls,
    identities,
    log: new RequestLog(),
    resolve: upstreams.host.resolve,
    saved: async () => undefined,
  };
  await upstreams.host.listen();
  const tenant = world.addTenant(randomBytes(16).toString("hex"), "Harborlane");
  if (options.seed !== "empty") await seedDemo(emulation, tenant, upstreams);
  const control = new Control(emulation);
  const server = createListener(emulation, control);
  const port = await listenOn(server, options.port ?? 0);
  return {
    url: `http://127.0.0.1:${port}${apiRoot}`,
    accountId: tenant.id,
    token: identities.add(newToken("token")).secret,
    readOnlyToken: identities.add(newToken("readOnlyToken", { permission: "read" })).secret,
    accountToken: identities.add(newToken("accountToken", { owner: "account" })).secret,
    globalKey,
    control,
    close: async () => {
      server.closeAllConnections();
      server.close();
      upstreams.host.close();
    },
  };
}
