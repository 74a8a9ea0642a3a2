import { isRecord } from "../../base/json.ts";
import type { AccessApp, AccessPolicy } from "../access/accessApp.ts";
import type { AccountId } from "../account.ts";
import { APPLICATION, DESTINATION, POLICY, SHARED_POLICY } from "./accessArguments.ts";
import { ACCOUNT, given, importBlock, labelled, resourceBlock, serverReference } from "./blocks.ts";
import { attributesFrom } from "./documentedArguments.ts";
import type { HclAttribute, HclBlock, HclObject } from "./hcl.ts";

const APPLICATION_TYPE = "cloudflare_zero_trust_access_application";
const POLICY_TYPE = "cloudflare_zero_trust_access_policy";

export interface AccessSource {
  readonly account: { readonly id: AccountId };
  /** Those that are about portals and their servers. */
  readonly apps: readonly AccessApp[];
  /** Of the servers in the configuration, by id. */
  readonly serverLabels: ReadonlyMap<string, string>;
}

export interface AccessBlocks {
  readonly resources: readonly HclBlock[];
  readonly imports: readonly HclBlock[];
}

/**
 * The applications, and the policies that several applications may share. A policy of one application
 * alone is no resource: it stands in its application.
 */
export function accessBlocks({ account, apps, serverLabels }: AccessSource): AccessBlocks {
  const policies = labelled(sharedPolicies(apps), ({ name }) => name);
  const policyLabels = new Map([...policies].map(([label, { id }]) => [id, label]));
  const applications = labelled(apps, ({ name }) => name);
  return {
    resources: [
      ...[...policies].map(([label, { received }]) =>
        resourceBlock(POLICY_TYPE, label, [ACCOUNT, ...attributesFrom(received, SHARED_POLICY)]),
      ),
      ...[...applications].map(([label, app]) =>
        applicationBlock(label, app, { policyLabels, serverLabels }),
      ),
    ],
    imports: [
      ...[...policies].map(([label, { id }]) =>
        importBlock(POLICY_TYPE, label, `${account.id}/${id}`),
      ),
      ...[...applications].map(([label, { id }]) =>
        importBlock(APPLICATION_TYPE, label, `accounts/${account.id}/${id}`),
      ),
    ],
  };
}

function sharedPolicies(apps: readonly AccessApp[]): readonly AccessPolicy[] {
  const shared = apps.flatMap(({ policies }) => (policies ?? []).filter(isShared));
  return [...new Map(shared.map((policy) => [policy.id, policy])).values()];
}

function isShared({ id, received }: AccessPolicy): boolean {
  return id !== "" && received["reusable"] === true;
}

interface Labels {
  readonly policyLabels: ReadonlyMap<string, string>;
  readonly serverLabels: ReadonlyMap<string, string>;
}

function applicationBlock(label: string, app: AccessApp, labels: Labels): HclBlock {
  const { received } = app;
  const destinations = destinationsOf(received["destinations"], labels);
  const policies = (app.policies ?? []).map((policy, index) => policyOf(policy, index, labels));
  const block = resourceBlock(APPLICATION_TYPE, label, [
    ACCOUNT,
    ...attributesFrom(received, APPLICATION),
    ...given("destinations", destinations.length === 0 ? undefined : destinations),
    ...given("policies", policies.length === 0 ? undefined : policies),
  ]);
  // It holds credentials, which no file does, and without it Terraform would take it away.
  return isRecord(received["scim_config"]) ? { ...block, blocks: [KEEP_PROVISIONING] } : block;
}

const KEEP_PROVISIONING: HclBlock = {
  type: "lifecycle",
  labels: [],
  attributes: [["ignore_changes", [{ expression: "scim_config" }]]],
};

function destinationsOf(received: unknown, { serverLabels }: Labels): readonly HclObject[] {
  return (Array.isArray(received) ? received : []).filter(isRecord).map((destination) => {
    const { mcp_server_id: serverId } = destination;
    return {
      isShort: true,
      attributes: [
        ...attributesFrom(destination, DESTINATION),
        ...(typeof serverId === "string"
          ? given("mcp_server_id", serverReference(serverId, serverLabels))
          : []),
      ],
    };
  });
}

/** An application's policy is numbered, so that Terraform keeps its place. */
function policyOf(policy: AccessPolicy, index: number, { policyLabels }: Labels): HclObject {
  const { received } = policy;
  const own = typeof received["precedence"] === "number" ? received["precedence"] : index + 1;
  const precedence: HclAttribute = ["precedence", own];
  const label = isShared(policy) ? policyLabels.get(policy.id) : undefined;
  return {
    attributes:
      label === undefined
        ? [
            ...given("id", policy.id === "" ? undefined : policy.id),
            precedence,
            ...attributesFrom(received, POLICY),
          ]
        : [["id", { expression: `${POLICY_TYPE}.${label}.id` }], precedence],
  };
}
