import * as l10n from "@vscode/l10n";
import type { CapabilityKind } from "../catalogue/capability.ts";
import type { Overrides } from "../catalogue/overrides.ts";
import type { Server } from "../servers/server.ts";
import { type Hit, ON_NAME, placeOf } from "./finding.ts";
import type { ServerRule } from "./rule.ts";

/** Source: Cloudflare docs. An alias is dropped when the upstream renames its tool. */
export const orphanOverride: ServerRule = {
  of: "server",
  id: "config/orphan-override",
  severity: "warning",
  fixes: ["carryOver", "removeOverride"],
  *check(server) {
    // Before the first sync the catalogue is empty, so every override would look orphaned.
    if (server.tools.length === 0 && server.prompts.length === 0) {
      return;
    }
    yield* orphans("tool", server.tools, server.toolOverrides);
    yield* orphans("prompt", server.prompts, server.promptOverrides);
  },
};

function* orphans(
  kind: CapabilityKind,
  catalogue: readonly { readonly name: string }[],
  overrides: Overrides,
): Iterable<Hit> {
  if (overrides.size === 0) {
    return;
  }
  const names = new Set(catalogue.map(({ name }) => name));
  for (const name of overrides.keys()) {
    if (names.has(name)) {
      continue;
    }
    const subject = { kind, name };
    const message =
      kind === "tool"
        ? l10n.t("The server no longer has a tool {0}; its override has no effect.", name)
        : l10n.t("The server no longer has a prompt {0}; its override has no effect.", name);
    yield { message, subject, path: placeOf(subject) };
  }
}

/** Source: Cloudflare docs, "Supported transports". */
export const sseWithGateway: ServerRule = {
  of: "server",
  id: "config/sse-with-gateway",
  severity: "information",
  // No fix: somebody turned Gateway on for a reason, and this URL may well work with it.
  fixes: [],
  *check(server: Server) {
    if (server.secureWebGateway !== true || !endsInSse(server.hostname)) {
      return;
    }
    const path = ["secure_web_gateway"];
    if (hasFailedThatWay(server)) {
      const message = l10n.t(
        "Through Gateway, Cloudflare tries only Streamable HTTP at a URL that ends in {0}, and the last sync failed that way.",
        "/sse",
      );
      yield { message, path, severity: "warning" };
      return;
    }
    const message = l10n.t(
      "Through Gateway, Cloudflare tries only Streamable HTTP at a URL that ends in {0}. That works where the upstream speaks it there.",
      "/sse",
    );
    yield { message, path };
  },
};

/** Statuses of a server that doesn't know the method of Streamable HTTP at this URL. */
const NOT_SPOKEN_HERE: ReadonlySet<number> = new Set([400, 404, 405, 406, 410, 415, 501]);

function hasFailedThatWay({ status, errorDetails }: Server): boolean {
  return status === "error" && NOT_SPOKEN_HERE.has(errorDetails?.statusCode ?? 0);
}

function endsInSse(hostname: string): boolean {
  const path = URL.parse(hostname)?.pathname ?? hostname;
  return path.endsWith("/sse") || path.endsWith("/sse/");
}

/** A registered server that offers nothing looks like a fault to the users of a portal. */
export const nothingEnabled: ServerRule = {
  of: "server",
  id: "config/nothing-enabled",
  severity: "information",
  fixes: ["enableAll"],
  *check(_server, { count, enabledCount }) {
    if (count === 0 || enabledCount > 0) {
      return;
    }
    yield {
      message: l10n.t("All of its tools and prompts are disabled."),
      path: ON_NAME,
    };
  },
};
