import { deepEqual, equal, ok } from "node:assert/strict";
import { terraformFiles } from "../../../../src/domain/terraform/terraformFiles.ts";
import { Dice } from "../../engine/support/dice.ts";
import { mapping, portal } from "../../support/portals.ts";
import { capability, server } from "../../support/servers.ts";
import { hostileText } from "../report/support/hostile.ts";
import { ACCOUNT, at, evaluated, keysAt, literal, readFiles, valuesAt } from "./support/read.ts";

const SERVER = "cloudflare_zero_trust_access_ai_controls_mcp_server";
const PORTAL = "cloudflare_zero_trust_access_ai_controls_mcp_portal";

/** The arguments that the provider documents; it refuses every other. */
const ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  [SERVER]: [
    "account_id",
    "auth_credentials",
    "auth_type",
    "client_secret",
    "description",
    "hostname",
    "id",
    "is_shared_oauth_callback_enabled",
    "name",
    "secure_web_gateway",
    "updated_prompts",
    "updated_tools",
  ],
  [PORTAL]: [
    "account_id",
    "allow_code_mode",
    "code_mode",
    "description",
    "hostname",
    "id",
    "name",
    "secure_web_gateway",
    "servers",
  ],
  servers: ["default_disabled", "on_behalf", "server_id", "updated_prompts", "updated_tools"],
  entry: ["alias", "description", "enabled", "name"],
};

function assertDocumented(type: string, value: unknown): void {
  ok(typeof value === "object" && value !== null);
  deepEqual(
    Object.keys(value).filter((key) => !ARGUMENTS[type]?.includes(key)),
    [],
  );
  for (const [key, inner] of Object.entries(value)) {
    ok(!Array.isArray(inner) || inner.length > 0, `an empty list for ${key}`);
    if (Array.isArray(inner)) {
      for (const each of inner) {
        assertDocumented(key === "servers" ? "servers" : "entry", each);
      }
    }
  }
}

describe("An account as Terraform", () => {
  it("has every field of a server", async () => {
    const files = await readFiles({
      servers: [
        server({
          authType: "bearer",
          isSharedOauthCallbackEnabled: true,
          toolOverrides: [
            { name: "gone", enabled: false },
            { name: "delete_page", enabled: false, description: "Removes" },
            { name: "search", alias: "find" },
          ],
        }),
      ],
      portals: [],
    });
    const resource = at(files.get("servers.tf"), "resource", SERVER, "docs", 0);
    assertDocumented(SERVER, resource);
    deepEqual(resource, {
      account_id: evaluated("var.cloudflare_account_id"),
      id: "docs",
      name: "Docs",
      hostname: "https://docs.example.com/mcp",
      auth_type: "bearer",
      auth_credentials: evaluated("var.docs_auth_credentials"),
      description: "Search the docs",
      is_shared_oauth_callback_enabled: true,
      secure_web_gateway: false,
      updated_tools: [
        { name: "search", alias: "find" },
        { name: "delete_page", description: "Removes", enabled: false },
        { name: "gone", enabled: false },
      ],
    });
    deepEqual(at(files.get("variables.tf"), "variable"), {
      cloudflare_account_id: [{ type: evaluated("string"), default: ACCOUNT }],
      docs_auth_credentials: [{ type: evaluated("string"), sensitive: true, default: null }],
    });
  });

  it("has a variable for each secret of a manual OAuth client", async () => {
    const authConfigSummary = {
      authMode: "manual",
      hasClientSecret: true,
      clientSecretVersion: 1,
      config: {},
      registrationInfo: {},
    };
    const files = await readFiles({
      servers: [server({ authType: "oauth", authConfigSummary })],
      portals: [],
    });
    deepEqual(keysAt(files.get("variables.tf"), "variable"), [
      "cloudflare_account_id",
      "docs_auth_credentials",
      "docs_client_secret",
    ]);
    const resource = at(files.get("servers.tf"), "resource", SERVER, "docs", 0);
    equal(at(resource, "client_secret"), evaluated("var.docs_client_secret"));
  });

  it("asks for a URL that has something secret in it", async () => {
    const hostname = "https://docs.example.com/mcp?key=hunter2";
    const source = { servers: [server({ hostname })], portals: [] };
    const files = await readFiles(source);
    equal(
      at(files.get("servers.tf"), "resource", SERVER, "docs", 0, "hostname"),
      evaluated("var.docs_hostname"),
    );
    deepEqual(at(files.get("variables.tf"), "variable", "docs_hostname"), [
      { type: evaluated("string"), sensitive: true },
    ]);
    const texts = [...terraformFiles({ account: { id: ACCOUNT }, ...source }).values()].join("");
    equal(texts.includes("hunter2"), false);
  });

  it("has every field of a portal, and refers to the servers that are there", async () => {
    const tools = [capability("tool", "search"), capability("tool", "delete_page")];
    const files = await readFiles({
      servers: [server()],
      portals: [
        portal({
          id: "eng",
          name: "Engineering",
          hostname: "mcp.example.com",
          description: "For engineers",
          codeMode: "opt_in",
          secureWebGateway: true,
          received: { code_mode: "opt_in", allow_code_mode: true },
          mappings: [
            mapping("docs", {
              tools,
              defaultDisabled: true,
              toolOverrides: [
                { name: "gone", enabled: true },
                { name: "delete_page", enabled: true, alias: "drop" },
              ],
            }),
            mapping("shop", { tools, onBehalf: false }),
          ],
        }),
      ],
    });
    const resource = at(files.get("portals.tf"), "resource", PORTAL, "eng", 0);
    assertDocumented(PORTAL, resource);
    deepEqual(resource, {
      account_id: evaluated("var.cloudflare_account_id"),
      id: "eng",
      name: "Engineering",
      hostname: "mcp.example.com",
      description: "For engineers",
      code_mode: "opt_in",
      allow_code_mode: true,
      secure_web_gateway: true,
      servers: [
        {
          server_id: evaluated(`${SERVER}.docs.id`),
          default_disabled: true,
          on_behalf: true,
          updated_tools: [
            { name: "search", enabled: false },
            { name: "delete_page", alias: "drop", enabled: true },
          ],
        },
        { server_id: "shop", default_disabled: false, on_behalf: false },
      ],
    });
  });

  it("imports everything that it declares", async () => {
    const files = await readFiles({
      servers: [server(), server({ id: "7.up" })],
      portals: [portal({ id: "docs" })],
    });
    deepEqual(at(files.get("imports.tf"), "import"), [
      { to: evaluated(`${SERVER}.docs`), id: `${ACCOUNT}/docs` },
      { to: evaluated(`${SERVER}._7_up`), id: `${ACCOUNT}/7.up` },
      { to: evaluated(`${PORTAL}.docs`), id: `${ACCOUNT}/docs` },
    ]);
  });

  it("names the provider, and the oldest Terraform that imports by blocks", async () => {
    const files = await readFiles({ servers: [], portals: [] });
    deepEqual(at(files.get("versions.tf"), "terraform"), [
      {
        required_version: ">= 1.5",
        required_providers: [
          { cloudflare: { source: "cloudflare/cloudflare", version: "~> 5.0" } },
        ],
      },
    ]);
  });

  it("evaluates nothing of what upstreams and administrators wrote", async () => {
    const dice = new Dice(38);
    const texts = Array.from({ length: 60 }, () => hostileText(dice));
    const files = await readFiles({
      servers: texts.map((text) =>
        server({
          id: text,
          name: text,
          description: text,
          hostname: text,
          tools: [capability("tool", text)],
          toolOverrides: [{ name: text, alias: text, description: text }],
        }),
      ),
      portals: texts.map((text) =>
        portal({
          id: text,
          name: text,
          hostname: text,
          mappings: [
            mapping(text, {
              tools: [capability("tool", text)],
              toolOverrides: [{ name: text, alias: text, enabled: true }],
            }),
          ],
        }),
      ),
    });
    const servers = valuesAt(files.get("servers.tf"), "resource", SERVER).flat();
    const portals = valuesAt(files.get("portals.tf"), "resource", PORTAL).flat();
    deepEqual(
      servers.map((each) => [at(each, "id"), at(each, "updated_tools", 0, "description")]).sort(),
      texts.map((text) => [literal(text), literal(text)]).sort(),
    );
    deepEqual(
      portals
        .map((each) => [at(each, "hostname"), at(each, "servers", 0, "updated_tools", 0, "alias")])
        .sort(),
      texts.map((text) => [literal(text), literal(text)]).sort(),
    );
    equal(valuesAt(files.get("imports.tf"), "import").length, texts.length * 2);
  });
});
