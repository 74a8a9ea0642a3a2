import type { McpRequestContext } from "@modelcontextprotocol/server";
import { backOffice } from "./backOffice.ts";
import { browser } from "./browser.ts";
import { calendar } from "./calendar.ts";
import { database } from "./database.ts";
import { docsRevisions } from "./docs.ts";
import { type Upstream, UpstreamHost } from "./host.ts";
import { observability } from "./observability.ts";
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
  #docsSyncs = 0;

  constructor() {
    const fixed = (name: string, offer: Offer, token?: () => string) => {
      this.host.add({
        hostname: `${name}.${DOMAIN}`,
        factory: () => buildServer(offer),
        ...(token ? { token } : {}),
      });
    };
    fixed("tickets", tickets, () => DEMO_TOKENS.tickets);
    fixed("observability", observability, () => DEMO_TOKENS.observability);
    fixed("shop", shop);
    fixed("warehouse", database, () => this.#databaseToken);
    fixed("browser", browser);
    fixed("calendar", calendar, () => this.#calendarToken);
    fixed("back-office", backOffice);
    this.host.add(this.#docs());
    this.host.addClosed(`wiki.${DOMAIN}`);
  }

  /** Refuses the credentials that the seed stored for database and calendar from now on. */
  expireCredentials(): void {
    this.#databaseToken = DEMO_TOKENS.databaseRotated;
    this.#calendarToken = "";
  }

  #docs(): Upstream {
    return {
      hostname: `docs.${DOMAIN}`,
      factory: (context) => {
        if (opensConnection(context)) {
          this.#docsSyncs += 1;
        }
        return buildServer(docsRevisions[this.#docsSyncs % 2 === 1 ? 0 : 1]);
      },
    };
  }
}

/** Only the first request of a connection has no protocol version. */
function opensConnection({ requestInfo }: McpRequestContext): boolean {
  return requestInfo !== undefined && !requestInfo.headers.has("mcp-protocol-version");
}
