import { type CostView, serverSum } from "./costView.ts";

/** How often a server's tools were called, through whatever portal. Today counts as a day. */
export interface CallCounts {
  readonly week: number;
  /** In the last 30 days. */
  readonly month: number;
}

export interface ServerCalls extends CallCounts {
  /**
   * About what the server's definitions cost for each of its calls. Undefined where there was none.
   */
  readonly tokensPerCall: number | undefined;
  /** True where it costs something, and nobody called it in 30 days. */
  readonly isIdle: boolean;
}

/**
 * What calls cost, by server id, of the servers whose calls are known. A call takes a request at
 * least, and each request holds the definitions of all servers. So a server that has a tenth of the
 * calls pays its definitions ten times for each. The number of requests itself isn't known.
 * @param counts by server id
 */
export function serverCalls(
  view: CostView,
  counts: ReadonlyMap<string, CallCounts>,
): ReadonlyMap<string, ServerCalls> {
  const all = view.servers.reduce((sum, { id }) => sum + (counts.get(id)?.month ?? 0), 0);
  return new Map(
    view.servers.flatMap((server) => {
      const counted = counts.get(server.id);
      if (counted === undefined) {
        return [];
      }
      const { tokens } = serverSum(server);
      const { week, month } = counted;
      const tokensPerCall = month === 0 ? undefined : Math.round((tokens * all) / month);
      return [[server.id, { week, month, tokensPerCall, isIdle: month === 0 && tokens > 0 }]];
    }),
  );
}
