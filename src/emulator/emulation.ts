import type { Clock } from "./clock.ts";
import type { Identities } from "./identity.ts";
import type { RequestLog } from "./requestLog.ts";
import type { Controls } from "./switches/controls.ts";
import type { Resolve } from "./sync/upstream.ts";
import type { World } from "./world/world.ts";

/** The parts of one running emulator. Two emulators share none of them. */
export interface Emulation {
  readonly clock: Clock;
  readonly world: World;
  readonly controls: Controls;
  readonly identities: Identities;
  readonly log: RequestLog;
  /** The emulator's private DNS. */
  readonly resolve: Resolve;
  /** Resolves when what was changed until now is in the state file, at once where there is none. */
  readonly saved: () => Promise<void>;
}
