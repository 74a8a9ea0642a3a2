import * as l10n from "@vscode/l10n";
import { listed } from "../../base/text.ts";
import type { Audience } from "../access/audience.ts";
import { allowPolicy, type NewAccessApp } from "../access/newAccess.ts";
import { clientOf } from "../clients/allClients.ts";
import type { ClientId } from "../clients/clientIds.ts";
import { untrustedLine } from "../report/untrustedLine.ts";
import type { Creation } from "./creation.ts";
import { allowedInWords } from "./redirectLink.ts";
import { REDIRECT_URIS } from "./redirectUris.ts";

/** What is about to be created and with whom it is shared. */
export interface CreationPreview {
  readonly question: string;
  /** Its lines are the sentences of this alone: a name in them is on one line. */
  readonly detail: string;
}

/** @param clients those whose redirect URIs a portal's application is meant to allow */
export function previewOf(creation: Creation, clients: Iterable<ClientId>): CreationPreview {
  switch (creation.kind) {
    case "dnsRecord": {
      const { record, zone } = creation;
      return preview(l10n.t("Create a DNS record for {0}?", untrustedLine(record.name)), [
        l10n.t(
          "Record: {0}, a proxied CNAME to {1} with an automatic TTL, in the zone {2}.",
          untrustedLine(record.name),
          record.content,
          untrustedLine(zone.name),
        ),
        l10n.t("Anybody can look it up. Who may sign in is up to the Access application."),
      ]);
    }
    case "app": {
      const { app, audience } = creation;
      return preview(l10n.t("Create an Access application for {0}?", untrustedLine(app.name)), [
        ...appInWords(app, clients),
        ...policyInWords(audience),
      ]);
    }
    case "policy":
      return preview(
        l10n.t("Create a policy for the Access application {0}?", untrustedLine(creation.app.name)),
        policyInWords(creation.audience),
      );
  }
}

function preview(question: string, lines: readonly string[]): CreationPreview {
  const undo = l10n.t(
    "This extension can't take it back. You can change and delete it in Cloudflare's dashboard.",
  );
  return { question, detail: [...lines, undo].join("\n") };
}

function appInWords(app: NewAccessApp, clients: Iterable<ClientId>): readonly string[] {
  const name = untrustedLine(app.name);
  if (app.type === "mcp") {
    const [{ mcp_server_id: id }] = app.destinations;
    return [l10n.t("Application: “{0}”, for the server {1} in every portal.", name, id)];
  }
  const {
    allow_any_on_localhost: anyLocalhost,
    allow_any_on_loopback: anyLoopback,
    allowed_uris: allowedUris,
  } = app.oauth_configuration.dynamic_client_registration;
  const oauth = { enabled: true, registers: true, anyLocalhost, anyLoopback, allowedUris };
  const allowed = allowedInWords(oauth, Number.POSITIVE_INFINITY);
  const unknown = [...clients].filter((client) => REDIRECT_URIS[client].length === 0);
  return [
    l10n.t("Application: “{0}”, for the portal at {1}.", name, untrustedLine(app.domain)),
    allowed === ""
      ? l10n.t("Managed OAuth is on, and no redirect URI may register yet.")
      : l10n.t("Managed OAuth is on. These redirect URIs may register: {0}.", allowed),
    ...(unknown.length === 0
      ? []
      : [
          l10n.t(
            "Not known are the redirect URIs of {0}.",
            listed(unknown.map((client) => clientOf(client).name)),
          ),
        ]),
  ];
}

function policyInWords(audience: Audience): readonly string[] {
  return [
    l10n.t("Policy: “{0}”, with the action Allow.", untrustedLine(allowPolicy(audience).name)),
    l10n.t("Shared with: {0}. Nobody else gets in by it.", audienceInWords(audience)),
  ];
}

function audienceInWords(audience: Audience): string {
  switch (audience.kind) {
    case "emails":
      return listed(audience.emails);
    case "domain":
      return l10n.t("whoever has an email at {0}", audience.domain);
    case "group":
      return l10n.t("the Access group {0}", untrustedLine(audience.name));
  }
}
