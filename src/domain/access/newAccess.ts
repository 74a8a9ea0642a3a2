import type { AccessRule } from "./accessApp.ts";
import type { Audience } from "./audience.ts";

/** The body that makes the application of a portal or of a server, without policies. */
export type NewAccessApp = NewPortalApp | NewServerApp;

export interface NewPortalApp {
  readonly type: "mcp_portal";
  readonly name: string;
  readonly domain: string;
  readonly oauth_configuration: {
    readonly enabled: true;
    readonly dynamic_client_registration: NewRegistration;
  };
}

/** Which clients may register. */
export interface NewRegistration {
  readonly enabled: true;
  readonly allow_any_on_localhost: boolean;
  readonly allow_any_on_loopback: boolean;
  readonly allowed_uris: readonly string[];
}

export interface NewServerApp {
  readonly type: "mcp";
  readonly name: string;
  readonly destinations: readonly [
    { readonly type: "via_mcp_server_portal"; readonly mcp_server_id: string },
  ];
}

/** The body that makes a policy. Of the rules only those that name somebody: none for everyone. */
export interface NewAccessPolicy {
  readonly name: string;
  readonly decision: "allow";
  readonly include: readonly NewRule[];
}

type NewRule =
  | { readonly email: { readonly email: string } }
  | { readonly email_domain: { readonly domain: string } }
  | { readonly group: { readonly id: string } };

/** Rules that several policies share. */
export interface AccessGroup {
  readonly id: string;
  readonly name: string;
  readonly include: readonly AccessRule[];
}

/** The most characters of a name. */
const NAME_MAX_LENGTH = 350;

/** An application that decides in all portals who sees a server. */
export function serverApp(server: { readonly id: string; readonly name: string }): NewServerApp {
  return {
    type: "mcp",
    name: server.name,
    destinations: [{ type: "via_mcp_server_portal", mcp_server_id: server.id }],
  };
}

/** A policy that lets an audience in. Its name isn't translated, since all administrators see it. */
export function allowPolicy(audience: Audience): NewAccessPolicy {
  return {
    name: policyName(audience).slice(0, NAME_MAX_LENGTH).toWellFormed(),
    decision: "allow",
    include: rulesOf(audience),
  };
}

function policyName(audience: Audience): string {
  switch (audience.kind) {
    case "emails":
      return "Allow by email";
    case "domain":
      return `Allow ${audience.domain}`;
    case "group":
      return `Allow ${audience.name}`;
  }
}

function rulesOf(audience: Audience): readonly NewRule[] {
  switch (audience.kind) {
    case "emails":
      return audience.emails.map((email) => ({ email: { email } }));
    case "domain":
      return [{ email_domain: { domain: audience.domain } }];
    case "group":
      return [{ group: { id: audience.id } }];
  }
}

/** True for a group that stands for everyone, wherever it is named. */
export function includesEveryone({ include }: AccessGroup): boolean {
  return include.some(({ kind }) => kind === "everyone");
}
