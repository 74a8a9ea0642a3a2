import * as l10n from "@vscode/l10n";
import { about } from "../../base/text.ts";
import { PORTAL_TARGET } from "../access/dns.ts";
import type { ProbeOutcome } from "../access/probe.ts";
import {
  type DnsFacts,
  type Found,
  type Link,
  linkOf,
  PERMISSIONS,
  type ReachFacts,
} from "./chain.ts";
import { unread } from "./words.ts";

/** The host has a proxied CNAME to Cloudflare's gateway. What a probe saw counts for more. */
export function dnsLink({ portal, dns, probe }: ReachFacts): Link {
  const who = { portal: portal.name, host: portal.hostname };
  const probed = probe && probeFound(probe, who);
  if (dns.kind === "read") {
    const read = recordFound(dns.value, who);
    return linkOf("dns", probed === undefined ? [read] : merged(read, probed));
  }
  if (probed !== undefined) {
    return linkOf("dns", [probed]);
  }
  return linkOf("dns", [{ ...unread(dns), action: { kind: "probe" } }]);
}

interface Who {
  readonly portal: string;
  readonly host: string;
}

/** Two sentences only where they say different things. */
function merged(read: Found, probed: Found): readonly Found[] {
  return read.state === "holds" && probed.state === "holds" ? [probed] : [read, probed];
}

function recordFound({ zone, records }: DnsFacts, { portal, host }: Who): Found {
  const broken = {
    state: "broken",
    action: { kind: "openDns", zone },
    rule: "reach/no-dns",
  } as const;
  if (zone === undefined) {
    return {
      state: "unknown",
      sentence: l10n.t(
        "Your token sees no zone of {0}: it lacks the permission “{1}”, or the zone is in another account.",
        host,
        PERMISSIONS.zone,
      ),
      action: { kind: "probe" },
    };
  }
  const [first] = records;
  const portalRecord = records.find(({ type }) => type === "CNAME") ?? first;
  if (portalRecord === undefined) {
    const sentence = l10n.t(
      "Users can't reach {0}: {1} has no DNS record. It needs a proxied CNAME to {2}.",
      portal,
      host,
      PORTAL_TARGET,
    );
    return { ...broken, sentence, missing: { kind: "dnsRecord" } };
  }
  const { type, content, proxied } = portalRecord;
  if (type !== "CNAME" || withoutDot(content) !== PORTAL_TARGET) {
    const sentence = l10n.t(
      "Users can't reach {0}: {1} is a {2} record of {3}, not a CNAME to {4}.",
      portal,
      host,
      type,
      content,
      PORTAL_TARGET,
    );
    return { ...broken, sentence };
  }
  if (!proxied) {
    const sentence = l10n.t(
      "Users can't reach {0}: the DNS record of {1} isn't proxied.",
      portal,
      host,
    );
    return { ...broken, sentence };
  }
  return {
    state: "holds",
    sentence: l10n.t("{0} is a proxied CNAME to {1}.", host, PORTAL_TARGET),
    action: { kind: "probe" },
  };
}

function withoutDot(name: string): string {
  return name.toLowerCase().replace(/\.$/, "");
}

function probeFound(probe: ProbeOutcome, { portal, host }: Who): Found {
  const action = { kind: "openPortals" } as const;
  const broken = (why: string): Found => ({
    state: "broken",
    sentence: about(l10n.t("Users can't reach {0}", portal), why),
    action,
  });
  switch (probe.kind) {
    case "portal":
      return { state: "holds", sentence: l10n.t("The endpoint answers as a portal does.") };
    case "noMetadata":
      return {
        state: "depends",
        sentence: l10n.t(
          "The endpoint asks for a credential and doesn't say where to sign in, so only service tokens get further.",
        ),
        action,
      };
    case "edge":
      return broken(edgeInWords(probe.code, host));
    case "offline":
      return probe.why === "dns"
        ? broken(l10n.t("the name {0} can't be resolved.", host))
        : {
            state: "unknown",
            sentence: l10n.t("From this machine nothing answers at {0}.", host),
            action: { kind: "probe" },
          };
    case "html":
      return broken(
        l10n.t(
          "{0} answers with a web page ({1}) instead of asking to sign in.",
          host,
          probe.status,
        ),
      );
    case "other":
      return broken(
        l10n.t("{0} answers with {1} instead of asking to sign in.", host, probe.status),
      );
  }
}

function edgeInWords(code: number, host: string): string {
  switch (code) {
    case 522:
      return l10n.t("{0} answers with 522, as without the right DNS record.", host);
    case 1014:
      return l10n.t("{0} answers with 1014, because its CNAME leads into another account.", host);
    case 1016:
    case 530:
      return l10n.t(
        "{0} answers with {1}, because it has no DNS record that leads on.",
        host,
        code,
      );
    default:
      return l10n.t("{0} answers with Cloudflare's error {1}.", host, code);
  }
}
