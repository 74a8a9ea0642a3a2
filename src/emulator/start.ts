import { randomBytes } from "node:crypto";
import type { Server } from "node:http";
import { unattended } from "./clock.ts";
import { Control } from "./control.ts";
import { assemble, type Emulation, type EmulatorOptions, restore, sourceOf } from "./emulation.ts";
import { type GlobalKey, type Identities, newToken, type TokenOptions } from "./identity.ts";
import { API_ROOT, createListener } from "./listener.ts";
import { type FirstSyncs, seedDemo } from "./seeds/demo.ts";
import { hostGenerated, seedGenerated } from "./seeds/generated.ts";
import { StateFile } from "./state/stateFile.ts";
import { DemoUpstreams } from "./upstreams/demo.ts";
import { listenOn } from "./upstreams/host.ts";

export type { EmulatorOptions } from "./emulation.ts";

export interface Emulator {
  /** The complete API root. */
  readonly url: string;
  readonly accountId: string;
  /** A user token that may write. */
  readonly token: string;
  /** A user token that may only read. */
  readonly readOnlyToken: string;
  /** A token of the account. Only the account's verification knows it. */
  readonly accountToken: string;
  /** The legacy email and Global API Key. */
  readonly globalKey: GlobalKey;
  /** The URLs of the first account's portals by their ids, as of the start. */
  readonly portals: Readonly<Record<string, string>>;
  readonly control: Control;
  /** Undefined where no demo was seeded. */
  readonly firstSyncs: FirstSyncs | undefined;
  close(): Promise<void>;
}

/** Starts an emulator in this process. It listens on loopback only. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { stateFile, lockWaitMs = 5000 } = options;
  const file = stateFile === undefined ? undefined : await StateFile.open(stateFile, lockWaitMs);
  const closing: (() => unknown)[] = [() => file?.close()];
  try {
    return await start(options, file, closing);
  } catch (error) {
    await closeAll(closing);
    throw error;
  }
}

async function start(
  options: EmulatorOptions,
  file: StateFile | undefined,
  closing: (() => unknown)[],
): Promise<Emulator> {
  const saved = await file?.load();
  const upstreams = new DemoUpstreams(options);
  await upstreams.host.listen();
  closing.push(() => upstreams.host.close());
  const emulation = assemble(options, upstreams, file, saved?.globalKey);
  const firstSyncs = saved ? undefined : await seed(emulation, upstreams, options);
  if (saved) {
    restore(emulation, upstreams, saved);
  }
  const tokens = standardTokens(emulation.identities);
  file?.attach(sourceOf(emulation));
  await file?.saved();
  const control = new Control(emulation);
  closing.push(followClock(emulation, control));
  const server = createListener(emulation, control);
  const port = await listenOn(server, options.port ?? 0);
  closing.push(() => stop(server));
  const accountId = [...emulation.store.accounts.keys()][0] ?? "";
  const { globalKey } = emulation.identities;
  const origin = `http://127.0.0.1:${port}`;
  return {
    url: `${origin}${API_ROOT}`,
    accountId,
    ...tokens,
    globalKey,
    portals: control.portals(origin),
    control,
    firstSyncs,
    close: () => closeAll(closing),
  };
}

async function seed(
  emulation: Emulation,
  upstreams: DemoUpstreams,
  options: EmulatorOptions,
): Promise<FirstSyncs | undefined> {
  const account = emulation.store.addAccount(randomBytes(16).toString("hex"), "Harborlane");
  if (options.generate) {
    seedGenerated(emulation.store, account, options.generate);
    hostGenerated(upstreams.host, options.generate.tools);
  } else if (options.seed !== "empty") {
    return seedDemo(emulation, account, upstreams, options.firstSyncs);
  }
  return undefined;
}

/** The tokens that every emulator has. They are restored from the state file. */
function standardTokens(identities: Identities) {
  const known = new Map([...identities.tokens.values()].map((token) => [token.name, token]));
  const secretOf = (name: string, options: TokenOptions) => {
    return (known.get(name) ?? identities.add(newToken(name, options))).secret;
  };
  return {
    token: secretOf("token", { grants: ["zone:read", "dns:edit", "access:edit", "groups:read"] }),
    readOnlyToken: secretOf("readOnlyToken", {
      permission: "read",
      grants: ["zone:read", "dns:read", "access:read", "groups:read"],
    }),
    accountToken: secretOf("accountToken", { owner: "account" }),
  };
}

function stop(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  server.closeAllConnections();
  return promise;
}

/** Closes in reverse order, so that nothing writes after the state file is released. */
async function closeAll(closing: (() => unknown)[]): Promise<void> {
  for (const close of closing.splice(0).reverse()) {
    await close();
  }
}

/**
 * Syncs all servers at the interval of the switch, on the emulator's clock. Skips a sync that is
 * due while the last one is still running. Returns a function that ends it.
 */
export function followClock({ clock, controls, saved }: Emulation, control: Control): () => void {
  let interval = 0;
  let end = () => {};
  let isRunning = false;
  controls.onChange = () => {
    if (controls.backgroundSync === interval) {
      return;
    }
    interval = controls.backgroundSync;
    end();
    end = interval === 0 ? () => {} : clock.every(interval, () => unattended(run()));
  };
  return () => end();

  async function run(): Promise<void> {
    if (isRunning) {
      return;
    }
    isRunning = true;
    try {
      await control.backgroundSync();
      await saved();
    } finally {
      isRunning = false;
    }
  }
}
