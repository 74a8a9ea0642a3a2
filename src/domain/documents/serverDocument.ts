import * as l10n from "@vscode/l10n";
import { memoize } from "../../base/memo.ts";
import type { CapabilityKind } from "../catalogue/capability.ts";
import { namesInOrder, type Overrides } from "../catalogue/overrides.ts";
import type { Field, Value } from "../changes/change.ts";
import { dropRedundant, SERVER_FIELDS, SERVER_KEYS } from "../servers/fields.ts";
import { serverDescriptionProblem, serverNameProblem } from "../servers/newServer.ts";
import type { Server } from "../servers/server.ts";
import { documentText, type ResourceDocument } from "./resourceDocument.ts";
import {
  capabilitySections,
  entryShape,
  keysOf,
  ofLength,
  type PartKind,
  type PartShape,
} from "./shape.ts";

const ENTRY = entryShape({
  enabled: () => l10n.t("Whether portals expose it."),
  alias: () => l10n.t("The name under which clients see it, without the server's prefix."),
  description: () => l10n.t("The description that clients read in place of the upstream's."),
  noDescription: () =>
    l10n.t("An empty description hides the upstream's. Leave it out to show the upstream's."),
});

export const SERVER_SHAPE: PartShape = {
  keys: keysOf(SERVER_KEYS, {
    name: {
      type: "text",
      leftOut: "keeps",
      problem: ofLength(serverNameProblem),
      words: () => l10n.t("The server's name, as people see it. Left out, it stays as it is."),
    },
    description: {
      type: "text",
      none: null,
      leftOut: "keeps",
      problem: ofLength(serverDescriptionProblem),
      words: () =>
        l10n.t("What the server is for. {0} clears it; left out, it stays as it is.", "null"),
    },
    secure_web_gateway: {
      type: "flag",
      leftOut: "keeps",
      words: () => l10n.t("Whether requests to the upstream go through Cloudflare Gateway."),
    },
    is_shared_oauth_callback_enabled: {
      type: "flag",
      leftOut: "keeps",
      words: () => l10n.t("Whether portals share one OAuth callback for this server."),
    },
  }),
  sections: capabilitySections(ENTRY, {
    tools: () =>
      l10n.t(
        "The server's tools, by the upstream's names. A tool without an entry has no override.",
      ),
    prompts: () =>
      l10n.t(
        "The server's prompts, by the upstream's names. A prompt without an entry has no override.",
      ),
  }),
};

/** A server as its document has it. Memoized by the server's identity. */
export const serverDocument = memoize((server: Server): ResourceDocument => {
  const known = new Map<PartKind, ReadonlySet<string>>();
  const names = (kind: PartKind): ReadonlySet<string> => {
    const made = known.get(kind) ?? namesOf(server, kind);
    known.set(kind, made);
    return made;
  };
  const source = {
    shape: SERVER_SHAPE,
    value: (field: Field) => shownValue(server, field),
    listed: (_within: unknown, kind: PartKind) => names(kind),
  };
  let text: string | undefined;
  return {
    ...source,
    name: server.name,
    get text() {
      text ??= documentText(source);
      return text;
    },
    same: SERVER_FIELDS.same,
    known: (_within, kind) => names(kind),
    isNeeded: (_within, kind) => kind !== "mapping" && overridesIn(server, kind).size > 0,
    leftOut: () => null,
    *capabilities() {
      for (const { kind, name } of [...server.tools, ...server.prompts]) {
        yield { kind, name, label: name };
      }
    },
    problems: () => [],
    meaningful: (changes) => dropRedundant(changes, server),
  };
});

const NONE: ReadonlySet<string> = new Set();

function namesOf(server: Server, kind: PartKind): ReadonlySet<string> {
  return kind === "mapping"
    ? NONE
    : namesInOrder(catalogueIn(server, kind), overridesIn(server, kind));
}

/** What has no override that says otherwise is enabled. */
function shownValue(server: Server, field: Field): Value {
  const value = SERVER_FIELDS.get(server, field);
  return field.of !== undefined && field.key === "enabled" ? (value ?? true) : value;
}

function catalogueIn(server: Server, kind: CapabilityKind): Server["tools"] | Server["prompts"] {
  return kind === "tool" ? server.tools : server.prompts;
}

function overridesIn(server: Server, kind: CapabilityKind): Overrides {
  return kind === "tool" ? server.toolOverrides : server.promptOverrides;
}
