import type { LiveItem } from "../../domain/live/compareLive.ts";
import type { PortalAddress } from "../../target.ts";
import type { FindingsSnapshot } from "../app.ts";
import type { ConnectContext } from "../connect/index.ts";

export interface LiveContext extends ConnectContext {
  readonly findings: FindingsSnapshot & {
    setLive(address: PortalAddress, items: readonly LiveItem[]): void;
  };
}
