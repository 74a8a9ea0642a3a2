import type { Size } from "./seeds/generated.ts";

export interface EmulatorOptions {
  /** 0, the default, picks a free one. */
  readonly port?: number;
  /** What a new account holds. Default: demo. */
  readonly seed?: "demo" | "empty";
  /** A big account in place of the seed. */
  readonly generate?: Size;
  /** Milliseconds that every request takes. */
  readonly latency?: number;
  /** Milliseconds that every sync takes. */
  readonly syncLatency?: number;
  /** Loaded when it is there, and written after every change. It wins over the seed. */
  readonly stateFile?: string;
  /** How long to wait for another emulator to let go of the state file. Default: 5000 ms. */
  readonly lockWaitMs?: number;
}
