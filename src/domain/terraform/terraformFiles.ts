import type { AccessApp } from "../access/accessApp.ts";
import type { Account } from "../account.ts";
import type { CapabilityKind } from "../catalogue/capability.ts";
import { type Override, overrideArray } from "../catalogue/overrides.ts";
import { overridesOf } from "../portals/fields.ts";
import type { Mapping, Portal } from "../portals/portal.ts";
import { type Server, shownUrl } from "../servers/server.ts";
import { accessBlocks } from "./accessBlocks.ts";
import {
  ACCOUNT,
  given,
  importBlock,
  labelled,
  PORTAL_TYPE,
  resourceBlock,
  SERVER_TYPE,
  serverReference,
} from "./blocks.ts";
import { dnsBlocks, type PortalRecord } from "./dnsBlocks.ts";
import { type HclAttribute, type HclBlock, type HclObject, type HclValue, hclFile } from "./hcl.ts";

export interface TerraformSource {
  readonly account: Pick<Account, "id">;
  readonly servers: readonly Server[];
  readonly portals: readonly Portal[];
  /** The Access applications of the portals and of the servers, with their policies. */
  readonly apps?: readonly AccessApp[];
  /** The DNS records of the portals' hosts. */
  readonly records?: readonly PortalRecord[];
}

/**
 * The configuration of an account, by the names of its files. A plan of it is clean once what there is
 * has been imported: https://github.com/cloudflare/terraform-provider-cloudflare/issues/7238 tells why
 * an empty list isn't written. Source: the provider's documentation of both resources.
 */
export function terraformFiles(source: TerraformSource): ReadonlyMap<string, string> {
  const servers = labelled(source.servers);
  const portals = labelled(source.portals);
  const serverLabels = new Map([...servers].map(([label, { id }]) => [id, label]));
  const access = accessBlocks({ account: source.account, apps: source.apps ?? [], serverLabels });
  const dns = dnsBlocks(source.records ?? []);
  const idOf = (id: string) => `${source.account.id}/${id}`;
  return new Map([
    ["versions.tf", hclFile([VERSIONS])],
    ["variables.tf", hclFile([accountVariable(source), ...[...servers].flatMap(secretVariables)])],
    ["servers.tf", hclFile([...servers].map(([label, server]) => serverBlock(label, server)))],
    [
      "portals.tf",
      hclFile([...portals].map(([label, portal]) => portalBlock(label, portal, serverLabels))),
    ],
    [
      "imports.tf",
      hclFile([
        ...[...servers].map(([label, { id }]) => importBlock(SERVER_TYPE, label, idOf(id))),
        ...[...portals].map(([label, { id }]) => importBlock(PORTAL_TYPE, label, idOf(id))),
        ...access.imports,
        ...dns.imports,
      ]),
    ],
    ...fileOf("access.tf", access.resources),
    ...fileOf("dns.tf", dns.resources),
  ]);
}

/** No file where there is nothing to write. */
function fileOf(name: string, blocks: readonly HclBlock[]): readonly (readonly [string, string])[] {
  return blocks.length === 0 ? [] : [[name, hclFile(blocks)]];
}

const VERSIONS: HclBlock = {
  type: "terraform",
  labels: [],
  // The first that has import blocks.
  attributes: [["required_version", ">= 1.5"]],
  blocks: [
    {
      type: "required_providers",
      labels: [],
      attributes: [
        [
          "cloudflare",
          {
            attributes: [
              ["source", "cloudflare/cloudflare"],
              ["version", "~> 5.0"],
            ],
          },
        ],
      ],
    },
  ],
};

function accountVariable({ account }: TerraformSource): HclBlock {
  return {
    type: "variable",
    labels: ["cloudflare_account_id"],
    attributes: [
      ["type", { expression: "string" }],
      ["default", account.id],
    ],
  };
}

/**
 * What is no text for a file. Cloudflare never returns a credential: while nobody sets its variable,
 * that is null, which keeps the stored one. A URL with something secret in it has to be given.
 */
function secretKeys({ authType, authConfigSummary, hostname }: Server): readonly SecretKey[] {
  const isManual = authConfigSummary?.authMode === "manual";
  return [
    ...(shownUrl(hostname) === hostname ? [] : ["hostname" as const]),
    ...(isManual || authType === "bearer" ? ["auth_credentials" as const] : []),
    ...(isManual ? ["client_secret" as const] : []),
  ];
}

type SecretKey = "hostname" | "auth_credentials" | "client_secret";

function secretVariables([label, server]: readonly [label: string, server: Server]) {
  return secretKeys(server).map(
    (key): HclBlock => ({
      type: "variable",
      labels: [`${label}_${key}`],
      attributes: [
        ["type", { expression: "string" }],
        ["sensitive", true],
        ...(key === "hostname" ? [] : [["default", null] as const]),
      ],
    }),
  );
}

function serverBlock(label: string, server: Server): HclBlock {
  const secrets = new Map<string, HclValue>(
    secretKeys(server).map((key) => [key, { expression: `var.${label}_${key}` }]),
  );
  return resourceBlock(SERVER_TYPE, label, [
    ACCOUNT,
    ["id", server.id],
    ["name", server.name],
    ["hostname", secrets.get("hostname") ?? server.hostname],
    ["auth_type", server.authType],
    ...given("auth_credentials", secrets.get("auth_credentials")),
    ...given("client_secret", secrets.get("client_secret")),
    ...given("description", server.description),
    ...given("is_shared_oauth_callback_enabled", server.isSharedOauthCallbackEnabled),
    ...given("secure_web_gateway", server.secureWebGateway),
    ...entries("updated_tools", overrideArray(server.toolOverrides, server.tools)),
    ...entries("updated_prompts", overrideArray(server.promptOverrides, server.prompts)),
  ]);
}

function portalBlock(
  label: string,
  portal: Portal,
  serverLabels: ReadonlyMap<string, string>,
): HclBlock {
  const { allow_code_mode: allowed } = portal.received;
  const mappings = [...portal.mappings.values()];
  return resourceBlock(PORTAL_TYPE, label, [
    ACCOUNT,
    ["id", portal.id],
    ["name", portal.name],
    ["hostname", portal.hostname],
    ...given("description", portal.description),
    ...given("code_mode", portal.codeMode),
    // The provider's own default would change it.
    ...given("allow_code_mode", typeof allowed === "boolean" ? allowed : undefined),
    ...given("secure_web_gateway", portal.secureWebGateway),
    ...(mappings.length === 0
      ? []
      : [["servers", mappings.map((each) => mappingObject(each, serverLabels))] as const]),
  ]);
}

function mappingObject(mapping: Mapping, serverLabels: ReadonlyMap<string, string>): HclObject {
  return {
    attributes: [
      ["server_id", serverReference(mapping.serverId, serverLabels)],
      ["default_disabled", mapping.defaultDisabled],
      ["on_behalf", mapping.onBehalf],
      ...entries("updated_tools", mappedEntries(mapping, "tool")),
      ...entries("updated_prompts", mappedEntries(mapping, "prompt")),
    ],
  };
}

/**
 * In catalogue order, without those of vanished capabilities, which Cloudflare refuses. An allowlist
 * has an entry for each synced capability.
 */
function mappedEntries(mapping: Mapping, kind: CapabilityKind): readonly Override[] {
  const overrides = overridesOf(mapping, kind);
  const synced = kind === "tool" ? mapping.server?.tools : mapping.server?.prompts;
  if (synced === undefined) {
    return [...overrides.values()];
  }
  return synced.flatMap(({ name }) => {
    const override = overrides.get(name);
    return mapping.defaultDisabled ? [{ enabled: false, ...override, name }] : (override ?? []);
  });
}

/** Only the documented keys: Terraform refuses every other. */
function entries(name: string, overrides: readonly Override[]): readonly HclAttribute[] {
  if (overrides.length === 0) {
    return [];
  }
  const items = overrides.map(
    (override): HclObject => ({
      isShort: true,
      attributes: [
        ["name", override.name],
        ...given("alias", override.alias),
        ...given("description", override.description),
        ...given("enabled", override.enabled),
      ],
    }),
  );
  return [[name, items]];
}
