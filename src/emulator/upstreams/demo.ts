import type { McpRequestContext } from "@modelcontextprotocol/server";
import { backOfficeRevisions } from "./backOffice.ts";
import { browser } from "./browser.ts";
import { calendar } from "./calendar.ts";
import { database } from "./database.ts";
import { docsRevisions } from "./docs.ts";
import { type Upstream, UpstreamHost } from "./host.ts";
import { observabilityRevisions } from "./observability.ts";
import { shop } from "./shop.ts";
import { buildServer, type Offer } from "./spec.ts";
import { tickets } from "./tickets.ts";

/** Reserved by RFC 2606, so nobody can own it. */
const DOMAIN = "harborlane.example";

export function demoUrl(name: string): string {
  return `https://${name}.${DOMAIN}/mcp`;
}

/** Credentials that the demo's upstreams accept. */
export const DEMO_TOKENS = {
  tickets: "tk_7Qm2Zr9vLx4Hb1Ns",
  observability: "obs_K3w8Yt6Rf0Pd5Jc2",
  /** Valid until it is rotated. */
  database: "wh_1",
  /** Valid after the rotation. Setting it repairs the demo's failing server. */
  databaseRotated: "wh_2",
  calendar: "cal_grant_1",
};

/** The demo's upstreams with their credentials. The seed lets some of these expire. */
export class DemoUpstreams {
  readonly host = new UpstreamHost();
  #databaseToken = DEMO_TOKENS.database;
  #calendarToken = DEMO_TOKENS.calendar;
  #earlierSyncs = 0;

  /** @param changing whether syncs find others of Observability and Back Office, as those of Docs do */
  constructor({ changing = false }: { readonly changing?: boolean } = {}) {
    const fixed = (name: string, offer: Offer, token?: () => string) => {
      this.host.add({
        hostname: `${name}.${DOMAIN}`,
        factory: () => buildServer(offer),
        ...(token ? { token } : {}),
      });
    };
    fixed("tickets", tickets, () => DEMO_TOKENS.tickets);
    fixed("warehouse", database, () => this.#databaseToken);
    fixed("browser", browser);
    fixed("calendar", calendar, () => this.#calendarToken);
    fixed("shop", shop);
    const alternating = (name: string, revisions: Revisions) =>
      alternatingAfter(() => this.#earlierSyncs, name, revisions);
    this.host.add(alternating("docs", docsRevisions));
    this.host.add(
      alternating("back-office", changing ? backOfficeRevisions : [backOfficeRevisions[0]]),
    );
    this.host.add({
      ...alternating(
        "observability",
        changing ? observabilityRevisions : [observabilityRevisions[0]],
      ),
      token: () => DEMO_TOKENS.observability,
    });
    this.host.addClosed(`wiki.${DOMAIN}`);
  }

  /** Refuses the credentials that the seed stored for database and calendar from now on. */
  expireCredentials(): void {
    this.#databaseToken = DEMO_TOKENS.databaseRotated;
    this.#calendarToken = "";
  }

  /** The next sync finds what the second one would: what the first one found is known. */
  countFirstSync(): void {
    this.#earlierSyncs = 1;
  }
}

type Revisions = readonly [Offer, Offer?];

/** An upstream that changes with every sync; the first one finds the first revision. */
function alternatingAfter(
  earlier: () => number,
  name: string,
  [first, second = first]: Revisions,
): Upstream {
  let syncs = 0;
  return {
    hostname: `${name}.${DOMAIN}`,
    factory: (context) => {
      if (opensConnection(context)) {
        syncs += 1;
      }
      return buildServer((earlier() + syncs) % 2 === 1 ? first : second);
    },
  };
}

/** Only the first request of a connection has no protocol version. */
function opensConnection({ requestInfo }: McpRequestContext): boolean {
  return requestInfo !== undefined && !requestInfo.headers.has("mcp-protocol-version");
}
