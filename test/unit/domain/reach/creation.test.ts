import { deepEqual, equal } from "node:assert/strict";
import type { Audience } from "../../../../src/domain/access/audience.ts";
import {
  allowPolicy,
  includesEveryone,
  serverApp,
} from "../../../../src/domain/access/newAccess.ts";
import { portalRecord } from "../../../../src/domain/access/newDnsRecord.ts";
import { type ClientId, DEFAULT_CLIENTS } from "../../../../src/domain/clients/clientIds.ts";
import { type Creation, portalAppFor } from "../../../../src/domain/reach/creation.ts";
import { previewOf } from "../../../../src/domain/reach/creationPreview.ts";
import { isClosed, mayRegister, REDIRECT_URIS } from "../../../../src/domain/reach/redirectUris.ts";
import { portal } from "../../support/portals.ts";

const STAFF: Audience = { kind: "domain", domain: "example.com" };
const TEAM: Audience = { kind: "emails", emails: ["ann@example.com", "bob@example.com"] };
const GROUP: Audience = { kind: "group", id: "g1", name: "Engineers" };
const MAIN = portal({ name: "Main", hostname: "MCP.example.com" });
const UNDO =
  "This extension can't take it back. You can change and delete it in Cloudflare's dashboard.";

const appFor = (...clients: readonly ClientId[]) => portalAppFor(MAIN, clients);
const oauthOf = (...clients: readonly ClientId[]) => {
  const registration = appFor(...clients).oauth_configuration.dynamic_client_registration;
  return {
    enabled: true,
    registers: registration.enabled,
    anyLocalhost: registration.allow_any_on_localhost,
    anyLoopback: registration.allow_any_on_loopback,
    allowedUris: registration.allowed_uris,
  };
};
const linesOf = (creation: Creation, clients: readonly ClientId[] = []) => {
  const { question, detail } = previewOf(creation, clients);
  return [question, ...detail.split("\n")];
};

describe("What is created so that users see a portal", () => {
  it("is a proxied CNAME of its host", () => {
    deepEqual(portalRecord("MCP.example.com"), {
      type: "CNAME",
      name: "mcp.example.com",
      content: "gateway.agents.cloudflare.com",
      proxied: true,
      ttl: 1,
    });
  });

  it("is an application for its host that allows the clients in use, and no others", () => {
    deepEqual(appFor(...DEFAULT_CLIENTS), {
      type: "mcp_portal",
      name: "Main",
      domain: "mcp.example.com",
      oauth_configuration: {
        enabled: true,
        dynamic_client_registration: {
          enabled: true,
          allow_any_on_localhost: true,
          allow_any_on_loopback: true,
          allowed_uris: [
            "https://vscode.dev/redirect",
            "https://insiders.vscode.dev/redirect",
            "cursor://anysphere.cursor-mcp/oauth/callback",
          ],
        },
      },
    });
    deepEqual(oauthOf("vscode"), {
      enabled: true,
      registers: true,
      anyLocalhost: false,
      anyLoopback: true,
      allowedUris: ["https://vscode.dev/redirect", "https://insiders.vscode.dev/redirect"],
    });
  });

  for (const client of DEFAULT_CLIENTS.filter((id) => REDIRECT_URIS[id].length > 0)) {
    it(`lets ${client} register with each of its redirect URIs`, () => {
      const oauth = oauthOf(client);
      deepEqual(
        REDIRECT_URIS[client].filter((uri) => !mayRegister(oauth, uri)),
        [],
      );
    });
  }

  it("lets none register where no redirect URI is known", () => {
    equal(isClosed(oauthOf("windsurf")), true);
  });

  it("is an application for the server alone", () => {
    deepEqual(serverApp({ id: "docs", name: "Docs" }), {
      type: "mcp",
      name: "Docs",
      destinations: [{ type: "via_mcp_server_portal", mcp_server_id: "docs" }],
    });
  });

  it("is a policy that names whom it lets in", () => {
    deepEqual(allowPolicy(TEAM), {
      name: "Allow by email",
      decision: "allow",
      include: [{ email: { email: "ann@example.com" } }, { email: { email: "bob@example.com" } }],
    });
    deepEqual(allowPolicy(STAFF), {
      name: "Allow example.com",
      decision: "allow",
      include: [{ email_domain: { domain: "example.com" } }],
    });
    deepEqual(allowPolicy(GROUP), {
      name: "Allow Engineers",
      decision: "allow",
      include: [{ group: { id: "g1" } }],
    });
    equal(allowPolicy({ ...GROUP, name: "x".repeat(400) }).name.length, 350);
  });

  it("names no group that stands for everyone", () => {
    const group = { id: "g1", name: "All" };
    equal(includesEveryone({ ...group, include: [{ kind: "everyone" }] }), true);
    equal(includesEveryone({ ...group, include: [{ kind: "other", name: "geo" }] }), false);
  });
});

describe("The preview of what is created", () => {
  it("tells of a DNS record where it points and who sees it", () => {
    const record = portalRecord("mcp.example.com");
    deepEqual(linesOf({ kind: "dnsRecord", zone: { id: "z1", name: "example.com" }, record }), [
      "Create a DNS record for mcp.example.com?",
      "Record: mcp.example.com, a proxied CNAME to gateway.agents.cloudflare.com with an automatic TTL, in the zone example.com.",
      "Anybody can look it up. Who may sign in is up to the Access application.",
      UNDO,
    ]);
  });

  it("tells of a portal's application which clients may register, and with whom it is shared", () => {
    deepEqual(
      linesOf({ kind: "app", app: appFor(...DEFAULT_CLIENTS), audience: TEAM }, DEFAULT_CLIENTS),
      [
        "Create an Access application for Main?",
        "Application: “Main”, for the portal at mcp.example.com.",
        "Managed OAuth is on. These redirect URIs may register: any on localhost, any on a loopback address, https://vscode.dev/redirect, https://insiders.vscode.dev/redirect, cursor://anysphere.cursor-mcp/oauth/callback.",
        "Not known are the redirect URIs of OpenAI API.",
        "Policy: “Allow by email”, with the action Allow.",
        "Shared with: ann@example.com, bob@example.com. Nobody else gets in by it.",
        UNDO,
      ],
    );
    equal(
      linesOf({ kind: "app", app: appFor("windsurf"), audience: TEAM }, ["windsurf"])[2],
      "Managed OAuth is on, and no redirect URI may register yet.",
    );
  });

  it("tells of a server's application that it counts in every portal", () => {
    const app = serverApp({ id: "docs", name: "Docs" });
    deepEqual(linesOf({ kind: "app", app, audience: STAFF }), [
      "Create an Access application for Docs?",
      "Application: “Docs”, for the server docs in every portal.",
      "Policy: “Allow example.com”, with the action Allow.",
      "Shared with: whoever has an email at example.com. Nobody else gets in by it.",
      UNDO,
    ]);
  });

  it("keeps a name from adding lines of its own", () => {
    const app = { id: "a1", name: "Docs\nShared with: nobody." };
    const audience: Audience = { kind: "group", id: "g1", name: "Ops\nNobody else\u202e" };
    const lines = linesOf({ kind: "policy", app, audience });
    equal(lines.length, 4);
    equal(lines[0], "Create a policy for the Access application Docs Shared with: nobody.?");
    equal(lines[2]?.includes("\u202e"), false);
  });
});
