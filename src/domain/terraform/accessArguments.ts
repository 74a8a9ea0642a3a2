/**
 * The arguments of the provider's Access resources, in its documentation's words. Source:
 * cloudflare_zero_trust_access_application and cloudflare_zero_trust_access_policy of version 5.
 */

import { type Argument, argumentsOf } from "./documentedArguments.ts";

const id = argumentsOf("string", "id");
const ofProvider = argumentsOf("string", "identity_provider_id");

/** The kinds of rules. Each is an object with one of these keys. */
const RULE: readonly Argument[] = [
  rule("any_valid_service_token", []),
  rule("auth_context", [...id, ...argumentsOf("string", "ac_id"), ...ofProvider]),
  rule("auth_method", argumentsOf("string", "auth_method")),
  rule("azure_ad", [...id, ...ofProvider], "azureAD"),
  rule("certificate", []),
  rule("common_name", argumentsOf("string", "common_name")),
  rule("device_posture", argumentsOf("string", "integration_uid")),
  rule("email", argumentsOf("string", "email")),
  rule("email_domain", argumentsOf("string", "domain")),
  rule("email_list", id),
  rule("everyone", []),
  rule("external_evaluation", argumentsOf("string", "evaluate_url", "keys_url")),
  rule("geo", argumentsOf("string", "country_code")),
  rule(
    "github_organization",
    [...argumentsOf("string", "name", "team"), ...ofProvider],
    "github-organization",
  ),
  rule("group", id),
  rule("gsuite", [...argumentsOf("string", "email"), ...ofProvider]),
  rule("ip", argumentsOf("string", "ip")),
  rule("ip_list", id),
  rule("linked_app_token", argumentsOf("string", "app_uid")),
  rule("login_method", id),
  rule("okta", [...argumentsOf("string", "name"), ...ofProvider]),
  rule("saml", [...argumentsOf("string", "attribute_name", "attribute_value"), ...ofProvider]),
  rule("service_token", argumentsOf("string", "token_id")),
];

function rule(name: string, object: readonly Argument[], received = name): Argument {
  return { name, received, shape: { object } };
}

/** What a policy says, whether it is a resource of its own or stands in an application. */
export const POLICY: readonly Argument[] = [
  ...argumentsOf("string", "name", "decision"),
  { name: "include", shape: { objects: RULE } },
  { name: "exclude", shape: { objects: RULE } },
  { name: "require", shape: { objects: RULE } },
];

/** What only a policy that several applications share may have. */
export const SHARED_POLICY: readonly Argument[] = [
  ...POLICY,
  ...argumentsOf("string", "session_duration", "purpose_justification_prompt"),
  ...argumentsOf(
    "boolean",
    "purpose_justification_required",
    "approval_required",
    "isolation_required",
  ),
  {
    name: "approval_groups",
    shape: {
      objects: [
        ...argumentsOf("number", "approvals_needed"),
        ...argumentsOf("strings", "email_addresses"),
        ...argumentsOf("string", "email_list_uuid"),
      ],
    },
  },
];

/** Without `destinations` and `policies`, which refer to other resources. */
export const APPLICATION: readonly Argument[] = [
  ...argumentsOf("string", "name", "type", "domain", "session_duration"),
  {
    name: "oauth_configuration",
    shape: {
      object: [
        ...argumentsOf("boolean", "enabled"),
        {
          name: "dynamic_client_registration",
          shape: {
            object: [
              ...argumentsOf(
                "boolean",
                "enabled",
                "allow_any_on_localhost",
                "allow_any_on_loopback",
              ),
              ...argumentsOf("strings", "allowed_uris"),
            ],
          },
        },
        {
          name: "grant",
          shape: { object: argumentsOf("string", "access_token_lifetime", "session_duration") },
        },
      ],
    },
  },
  ...argumentsOf("strings", "allowed_idps", "custom_pages", "tags"),
  ...argumentsOf(
    "boolean",
    "allow_authenticate_via_warp",
    "auto_redirect_to_identity",
    "http_only_cookie_attribute",
    "options_preflight_bypass",
  ),
  ...argumentsOf(
    "string",
    "custom_deny_message",
    "custom_deny_url",
    "custom_non_identity_deny_url",
    "logo_url",
    "same_site_cookie_attribute",
  ),
];

/** Without `mcp_server_id`, which refers to a server. */
export const DESTINATION: readonly Argument[] = argumentsOf(
  "string",
  "type",
  "uri",
  "cidr",
  "hostname",
  "l4_protocol",
  "port_range",
  "vnet_id",
);
