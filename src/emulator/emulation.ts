import { randomBytes } from "node:crypto";
import { Clock } from "./clock.ts";
import { type GlobalKey, Identities } from "./identity.ts";
import { RequestLog } from "./requestLog.ts";
import { ADMIN_EMAIL } from "./routes/call.ts";
import type { FirstSyncs } from "./seeds/demo.ts";
import type { Size } from "./seeds/generated.ts";
import { AccountStore, type Collection } from "./state/accounts.ts";
import type { SavedState, Source, StateFile } from "./state/stateFile.ts";
import { Controls } from "./switches/controls.ts";
import type { Resolve } from "./sync/fetchCatalogue.ts";
import type { DemoUpstreams } from "./upstreams/demo.ts";

/** The parts of one running emulator. Two emulators share none of them. */
export interface Emulation {
  readonly clock: Clock;
  readonly store: AccountStore;
  readonly controls: Controls;
  readonly identities: Identities;
  readonly log: RequestLog;
  /** Keys of the running syncs; see `syncKey`. */
  readonly syncing: Set<string>;
  /** The emulator's private DNS. */
  readonly resolve: Resolve;
  /** Resolves when all changes so far are in the state file, or at once without such a file. */
  readonly saved: () => Promise<void>;
}

export interface EmulatorOptions {
  /** Two upstreams of the demo change with every other sync, beside that of the documentation. */
  readonly changing?: boolean;
  /** 0, the default, picks a free port. */
  readonly port?: number;
  /** The content of a new account. Default: demo. */
  readonly seed?: "demo" | "empty";
  /**
   * What the first syncs of another emulator with the demo found. The demo then begins with that, and
   * syncs nothing.
   */
  readonly firstSyncs?: FirstSyncs | undefined;
  /** Generates a large account in place of the seed. */
  readonly generate?: Size;
  /** Milliseconds added to every request. */
  readonly latency?: number;
  /** Milliseconds added to every sync. */
  readonly syncLatency?: number;
  /** Loaded if it exists, and written after every change. Takes precedence over the seed. */
  readonly stateFile?: string;
  /** Milliseconds to wait until another emulator releases the state file. Default: 5000. */
  readonly lockWaitMs?: number;
}

/** Creates the parts, without an account. */
export function assemble(
  options: EmulatorOptions,
  upstreams: DemoUpstreams,
  file: StateFile | undefined,
  globalKey: GlobalKey | undefined,
): Emulation {
  const clock = new Clock();
  const key = randomBytes(19).toString("hex").slice(0, 37);
  return {
    clock,
    store: new AccountStore(clock),
    controls: new Controls(options.latency ?? 0, options.syncLatency ?? 0),
    identities: new Identities(globalKey ?? { email: ADMIN_EMAIL, key }),
    log: new RequestLog(),
    syncing: new Set(),
    resolve: upstreams.host.resolve,
    saved: async () => file?.saved(),
  };
}

/** Restores the content of a state file. */
export function restore(
  { store, identities }: Emulation,
  upstreams: DemoUpstreams,
  saved: SavedState,
) {
  for (const token of saved.tokens) {
    identities.add(token);
  }
  for (const kept of saved.accounts) {
    const account = store.addAccount(kept.id, kept.name, kept.createdOn);
    putAll(account.servers, kept.servers);
    putAll(account.portals, kept.portals);
    putAll(account.zones, kept.zones);
    putAll(account.dnsRecords, kept.dnsRecords);
    putAll(account.apps, kept.apps);
    putAll(account.groups, kept.groups);
    putAll(account.serviceTokens, kept.serviceTokens);
  }
  upstreams.expireCredentials();
}

function putAll<T extends { readonly id: string; readonly name: string }>(
  collection: Collection<T>,
  records: readonly T[],
): void {
  for (const record of records) {
    collection.put(record);
  }
}

/** The content to write to a state file. */
export function sourceOf({ store, identities }: Emulation): Source {
  return {
    version: () => store.version,
    snapshot: () => ({
      version: 1,
      globalKey: identities.globalKey,
      tokens: [...identities.tokens.values()],
      accounts: [...store.accounts.values()].map((account) => ({
        id: account.id,
        name: account.name,
        createdOn: account.createdOn,
        servers: account.servers.list(),
        portals: account.portals.list(),
        zones: account.zones.list(),
        dnsRecords: account.dnsRecords.list(),
        apps: account.apps.list(),
        groups: account.groups.list(),
        serviceTokens: account.serviceTokens.list(),
      })),
    }),
  };
}
