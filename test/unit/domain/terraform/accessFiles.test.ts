import { deepEqual, equal, ok } from "node:assert/strict";
import type { AccessApp, AccessPolicy } from "../../../../src/domain/access/accessApp.ts";
import { PORTAL_TARGET } from "../../../../src/domain/access/dns.ts";
import { Dice } from "../../engine/support/dice.ts";
import { portal } from "../../support/portals.ts";
import { server } from "../../support/servers.ts";
import { portalApp, RECORD, STAFF, serverApp } from "../reach/support/reachFacts.ts";
import { hostileText } from "../report/support/hostile.ts";
import { ACCOUNT, at, evaluated, literal, readFiles, valuesAt } from "./support/read.ts";

const APPLICATION = "cloudflare_zero_trust_access_application";
const POLICY = "cloudflare_zero_trust_access_policy";
const RECORD_TYPE = "cloudflare_dns_record";

/** The one name of the API's that isn't in small letters. */
const AZURE_AD = "azureAD";

/** Every kind of rule that the provider documents, by the names of Cloudflare's API. */
const RULES = [
  { any_valid_service_token: {} },
  { auth_context: { id: "c", ac_id: "c1", identity_provider_id: "idp" } },
  { auth_method: { auth_method: "mfa" } },
  { [AZURE_AD]: { id: "g", identity_provider_id: "idp" } },
  { certificate: {} },
  { common_name: { common_name: "laptop" } },
  { device_posture: { integration_uid: "u" } },
  { email: { email: "ann@example.com" } },
  { email_domain: { domain: "example.com" } },
  { email_list: { id: "l" } },
  { everyone: {} },
  { external_evaluation: { evaluate_url: "https://a.example", keys_url: "https://b.example" } },
  { geo: { country_code: "PT" } },
  { "github-organization": { name: "org", team: "staff", identity_provider_id: "idp" } },
  { group: { id: "g" } },
  { gsuite: { email: "all@example.com", identity_provider_id: "idp" } },
  { ip: { ip: "192.0.2.0/24" } },
  { ip_list: { id: "l" } },
  { linked_app_token: { app_uid: "a" } },
  { login_method: { id: "idp" } },
  { okta: { name: "Staff", identity_provider_id: "idp" } },
  { saml: { attribute_name: "a", attribute_value: "b", identity_provider_id: "idp" } },
  { service_token: { token_id: "t" } },
];

/** The names that the provider has for two of them. */
const RENAMED = new Map([
  [AZURE_AD, "azure_ad"],
  ["github-organization", "github_organization"],
]);

function policy(received: Readonly<Record<string, unknown>>): AccessPolicy {
  return { ...STAFF, id: String(received["id"] ?? ""), name: String(received["name"]), received };
}

function app(received: Readonly<Record<string, unknown>>, changes: Partial<AccessApp>): AccessApp {
  return portalApp({ id: "a1", name: String(received["name"]), received, ...changes });
}

describe("Access and DNS as Terraform", () => {
  it("have every documented field of a portal's application, and none that is only read", async () => {
    const documented = {
      name: "Main",
      type: "mcp_portal",
      domain: "mcp.example.com",
      session_duration: "24h",
      oauth_configuration: {
        enabled: true,
        dynamic_client_registration: {
          enabled: true,
          allow_any_on_localhost: true,
          allow_any_on_loopback: false,
          allowed_uris: ["https://vscode.dev/redirect"],
        },
        grant: { access_token_lifetime: "15m", session_duration: "336h" },
      },
      allowed_idps: ["idp"],
      custom_pages: ["page"],
      tags: ["mcp"],
      allow_authenticate_via_warp: false,
      auto_redirect_to_identity: true,
      http_only_cookie_attribute: true,
      options_preflight_bypass: false,
      custom_deny_message: "Ask IT",
      custom_deny_url: "https://example.com/denied",
      custom_non_identity_deny_url: "https://example.com/no",
      logo_url: "https://example.com/logo.png",
      same_site_cookie_attribute: "lax",
      destinations: [{ type: "public", uri: "mcp.example.com" }],
    };
    const readOnly = { id: "a1", uid: "a1", aud: "f00", created_at: "2026-01-01T00:00:00Z" };
    const files = await readFiles({
      servers: [],
      portals: [portal()],
      apps: [
        app(
          { ...documented, ...readOnly, self_hosted_domains: ["mcp.example.com"] },
          { policies: [] },
        ),
      ],
    });
    deepEqual(at(files.get("access.tf"), "resource", APPLICATION, "Main", 0), {
      account_id: evaluated("var.cloudflare_account_id"),
      ...documented,
    });
    deepEqual(at(files.get("imports.tf"), "import", 1), {
      to: evaluated(`${APPLICATION}.Main`),
      id: `accounts/${ACCOUNT}/a1`,
    });
  });

  it("refer to the server of the configuration that an application is about", async () => {
    const destination = (id: string) => ({ type: "via_mcp_server_portal", mcp_server_id: id });
    const received = { name: "Docs", type: "mcp", destinations: ["docs", "far"].map(destination) };
    const files = await readFiles({
      servers: [server()],
      portals: [],
      apps: [serverApp({ name: "Docs", received, policies: [] })],
    });
    deepEqual(at(files.get("access.tf"), "resource", APPLICATION, "Docs", 0, "destinations"), [
      {
        type: "via_mcp_server_portal",
        mcp_server_id: evaluated("cloudflare_zero_trust_access_ai_controls_mcp_server.docs.id"),
      },
      { type: "via_mcp_server_portal", mcp_server_id: "far" },
    ]);
  });

  it("keep every kind of rule, by the provider's names", async () => {
    const received = { name: "All", decision: "allow", include: RULES, exclude: [], require: null };
    const files = await readFiles({
      servers: [],
      portals: [],
      apps: [app({ name: "Main", type: "mcp_portal" }, { policies: [policy(received)] })],
    });
    const written = at(files.get("access.tf"), "resource", APPLICATION, "Main", 0, "policies", 0);
    deepEqual(written, {
      precedence: 1,
      name: "All",
      decision: "allow",
      include: RULES.map((rule) =>
        Object.fromEntries(
          Object.entries(rule).map(([key, value]) => [RENAMED.get(key) ?? key, value]),
        ),
      ),
    });
  });

  it("have a resource for a policy that applications share, and no other", async () => {
    const shared = {
      id: "p1",
      name: "Staff",
      reusable: true,
      decision: "allow",
      include: [{ email_domain: { domain: "example.com" } }],
      session_duration: "12h",
      purpose_justification_required: true,
      purpose_justification_prompt: "Why?",
      approval_required: true,
      isolation_required: false,
      approval_groups: [{ approvals_needed: 1, email_addresses: ["boss@example.com"] }],
      app_count: 2,
    };
    const own = {
      id: "p2",
      name: "Own",
      decision: "deny",
      precedence: 7,
      include: [{ everyone: {} }],
    };
    const policies = [policy(shared), policy(own)];
    const files = await readFiles({
      servers: [],
      portals: [],
      apps: [
        app({ name: "Main", type: "mcp_portal" }, { id: "a1", policies }),
        app({ name: "Docs", type: "mcp" }, { id: "a2", policies: [policy(shared)] }),
      ],
    });
    const access = files.get("access.tf");
    const { id: _id, reusable: _reusable, app_count: _count, ...documented } = shared;
    deepEqual(valuesAt(access, "resource", POLICY), [
      [{ account_id: evaluated("var.cloudflare_account_id"), ...documented }],
    ]);
    const reference = { id: evaluated(`${POLICY}.Staff.id`), precedence: 1 };
    deepEqual(at(access, "resource", APPLICATION, "Main", 0, "policies"), [reference, own]);
    deepEqual(at(access, "resource", APPLICATION, "Docs", 0, "policies"), [reference]);
    deepEqual(at(files.get("imports.tf"), "import"), [
      { to: evaluated(`${POLICY}.Staff`), id: `${ACCOUNT}/p1` },
      { to: evaluated(`${APPLICATION}.Main`), id: `accounts/${ACCOUNT}/a1` },
      { to: evaluated(`${APPLICATION}.Docs`), id: `accounts/${ACCOUNT}/a2` },
    ]);
  });

  it("write no credential of provisioning, and let Terraform leave it alone", async () => {
    const received = {
      name: "Main",
      type: "mcp_portal",
      scim_config: { remote_uri: "https://a.example", authentication: { password: "hunter2" } },
    };
    const files = await readFiles({
      servers: [],
      portals: [],
      apps: [app(received, { policies: [] })],
    });
    const resource = at(files.get("access.tf"), "resource", APPLICATION, "Main", 0);
    deepEqual(at(resource, "lifecycle"), [{ ignore_changes: [evaluated("scim_config")] }]);
    ok(!JSON.stringify([...files]).includes("hunter2"));
  });

  it("have the record of a portal's host, in its zone", async () => {
    const files = await readFiles({
      servers: [],
      portals: [portal()],
      records: [{ ...RECORD, comment: "For MCP", zoneId: "z1" }],
    });
    deepEqual(at(files.get("dns.tf"), "resource", RECORD_TYPE, "mcp_example_com", 0), {
      zone_id: "z1",
      name: "mcp.example.com",
      type: "CNAME",
      content: PORTAL_TARGET,
      ttl: 1,
      proxied: true,
      comment: "For MCP",
    });
    deepEqual(at(files.get("imports.tf"), "import", 1), {
      to: evaluated(`${RECORD_TYPE}.mcp_example_com`),
      id: "z1/r1",
    });
  });

  it("have no file where nothing of them is known", async () => {
    const files = await readFiles({ servers: [], portals: [portal()] });
    deepEqual([files.has("access.tf"), files.has("dns.tf")], [false, false]);
  });

  it("evaluate nothing of what administrators wrote", async () => {
    const dice = new Dice(40);
    const texts = Array.from({ length: 60 }, () => hostileText(dice));
    const files = await readFiles({
      servers: [],
      portals: [],
      apps: texts.map((text, index) =>
        app(
          { name: text, type: "mcp_portal", domain: text, tags: [text] },
          {
            id: `a${index}`,
            policies: [
              policy({
                id: `p${index}`,
                reusable: index % 2 === 0,
                name: text,
                decision: "allow",
                include: [{ email: { email: text } }],
              }),
            ],
          },
        ),
      ),
      records: texts.map((text, index) => ({
        ...RECORD,
        id: `r${index}`,
        name: text,
        content: text,
        comment: text,
        zoneId: "z1",
      })),
    });
    const wanted = texts.map((text) => literal(text)).sort();
    const apps = valuesAt(files.get("access.tf"), "resource", APPLICATION).flat();
    deepEqual(apps.map((each) => at(each, "tags", 0)).sort(), wanted);
    const records = valuesAt(files.get("dns.tf"), "resource", RECORD_TYPE).flat();
    deepEqual(records.map((each) => at(each, "comment")).sort(), wanted);
    equal(valuesAt(files.get("access.tf"), "resource", POLICY).flat().length, 30);
  });
});
