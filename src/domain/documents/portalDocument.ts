import * as l10n from "@vscode/l10n";
import { listed } from "../../base/text.ts";
import { namesInOrder, type Override } from "../catalogue/overrides.ts";
import {
  type Field,
  type FieldChange,
  fieldId,
  type PartRef,
  type Value,
} from "../changes/change.ts";
import { mappedCatalogueOf } from "../portals/exposure.ts";
import {
  mappingField,
  mappingRef,
  overridesOf,
  PORTAL_FIELDS,
  PORTAL_KEYS,
  portalField,
} from "../portals/fields.ts";
import { detached } from "../portals/membership.ts";
import {
  MOST_SERVERS,
  portalDescriptionProblem,
  portalHostProblem,
  portalNameProblem,
} from "../portals/newPortal.ts";
import { orphanedOverrides } from "../portals/orphans.ts";
import { CODE_MODES, type MappedServer, type Mapping, type Portal } from "../portals/portal.ts";
import { codeModeInWords } from "../portals/words.ts";
import type { Server } from "../servers/server.ts";
import type { DocumentContent, PartContent } from "./parse.ts";
import type { DocumentProblem } from "./problem.ts";
import { documentText, type ResourceDocument } from "./resourceDocument.ts";
import {
  capabilitySections,
  coded,
  entryShape,
  keysOf,
  ofLength,
  type PartKind,
  type PartShape,
  partRef,
  sectionKey,
} from "./shape.ts";

const ENTRY = entryShape({
  enabled: () =>
    l10n.t("Whether this portal exposes it. What the server has off is off in every portal."),
  alias: () =>
    l10n.t("The name under which clients of this portal see it, without the server's prefix."),
  description: () =>
    l10n.t("The description that clients of this portal read in place of the server's."),
  noDescription: () =>
    l10n.t("An empty description hides the server's. Leave it out to show the server's."),
});

const MAPPING: PartShape = {
  presence: "mapped",
  keys: [
    {
      key: "default_disabled",
      type: "flag",
      leftOut: "keeps",
      words: () =>
        l10n.t(
          "Whether tools and prompts that a later sync brings are off until they are enabled.",
        ),
    },
    {
      key: "on_behalf",
      type: "flag",
      leftOut: "keeps",
      words: () =>
        l10n.t(
          "Whether each user signs in to the upstream; else the administrator's credential is used.",
        ),
    },
  ],
  sections: capabilitySections(ENTRY, {
    tools: () =>
      l10n.t(
        "The server's tools in this portal, by the upstream's names. A tool without an entry has no override.",
      ),
    prompts: () =>
      l10n.t(
        "The server's prompts in this portal, by the upstream's names. A prompt without an entry has no override.",
      ),
  }),
};

export const PORTAL_SHAPE: PartShape = {
  keys: keysOf(PORTAL_KEYS, {
    name: {
      type: "text",
      leftOut: "keeps",
      problem: ofLength(portalNameProblem),
      words: () => l10n.t("The portal's name, as people see it. Left out, it stays as it is."),
    },
    hostname: {
      type: "text",
      leftOut: "keeps",
      problem: coded("document/value", (host) => portalHostProblem(host, new Map())),
      words: () => l10n.t("The host at which clients reach the portal, without a scheme."),
    },
    description: {
      type: "text",
      none: "",
      leftOut: "keeps",
      problem: ofLength(portalDescriptionProblem),
      words: () => l10n.t("What the portal is for. Left out, it stays as it is."),
    },
    secure_web_gateway: {
      type: "flag",
      leftOut: "keeps",
      words: () => l10n.t("Whether requests to the upstreams go through Cloudflare Gateway."),
    },
    code_mode: {
      type: "choice",
      choices: CODE_MODES.map((value) => ({ value, words: () => codeModeInWords(value) })),
      leftOut: "keeps",
      words: () => l10n.t("Whether clients get two tools that run code in place of all tools."),
    },
  }),
  sections: [
    {
      key: "servers",
      kind: "mapping",
      part: MAPPING,
      words: () =>
        l10n.t(
          "The servers that the portal exposes, by their ids. Adding an id adds the server, removing one removes it.",
        ),
    },
  ],
};

/** What a portal's document has to know of its account. */
export interface PortalSurroundings {
  /** Undefined for a server of which nothing is known. */
  server(id: string): Server | MappedServer | undefined;
  /** The ids of all servers of the account. */
  serverIds(): Iterable<string>;
  otherPortals(): Iterable<Portal>;
}

/** A portal as its document has it. */
export function portalDocument(portal: Portal, around: PortalSurroundings): ResourceDocument {
  return new PortalDocument(portal, around);
}

class PortalDocument implements ResourceDocument {
  readonly shape = PORTAL_SHAPE;
  readonly #portal: Portal;
  readonly #around: PortalSurroundings;
  #text: string | undefined;

  constructor(portal: Portal, around: PortalSurroundings) {
    this.#portal = portal;
    this.#around = around;
  }

  get name(): string {
    return this.#portal.name;
  }

  get text(): string {
    this.#text ??= documentText(this);
    return this.#text;
  }

  value(field: Field): Value {
    return PORTAL_FIELDS.get(this.#portal, field);
  }

  same(field: Field, one: Value, other: Value): boolean {
    return PORTAL_FIELDS.same(field, one, other);
  }

  listed(within: PartRef | undefined, kind: PartKind): Iterable<string> {
    return kind === "mapping" ? this.#portal.mappings.keys() : this.known(within, kind);
  }

  known(within: PartRef | undefined, kind: PartKind): ReadonlySet<string> {
    if (kind === "mapping") {
      return new Set([...this.#portal.mappings.keys(), ...this.#around.serverIds()]);
    }
    const server = within && this.#around.server(within.name);
    const mapping = this.#mapping(within);
    return namesInOrder(
      (kind === "tool" ? server?.tools : server?.prompts) ?? [],
      mapping === undefined ? new Map() : overridesOf(mapping, kind),
    );
  }

  isNeeded(within: PartRef | undefined, kind: PartKind): boolean {
    if (kind === "mapping") {
      return this.#portal.mappings.size > 0;
    }
    const mapping = this.#mapping(within);
    return mapping !== undefined && overridesOf(mapping, kind).values().some(saysMore(mapping));
  }

  /** What an entry leaves out is as the mapping's default has it. */
  leftOut(field: Field, owner: PartContent | undefined): Value {
    const known = portalField(field);
    if (known?.part !== "capability" || known.key !== "enabled" || owner === undefined) {
      return null;
    }
    const stated = owner.values.get("default_disabled")?.value;
    return !(stated ?? this.value(mappingField(known.serverId, "default_disabled")) ?? false);
  }

  *capabilities(of: PartRef | undefined) {
    const server = of && this.#around.server(of.name);
    const mapping = this.#mapping(of);
    if (server === undefined) {
      return;
    }
    const known = mapping && mappedCatalogueOf(mapping, server);
    for (const { kind, name } of [...server.tools, ...server.prompts]) {
      yield { kind, name, label: known?.find(kind, name)?.onServer.label ?? name };
    }
  }

  problems(content: DocumentContent): readonly DocumentProblem[] {
    return [
      ...this.#hostProblems(content),
      ...this.#codeModeProblems(content),
      ...this.#orphanProblems(content),
      ...tooMany(content),
    ];
  }

  #hostProblems({ values }: DocumentContent): readonly DocumentProblem[] {
    const stated = values.get("hostname");
    const host = stated?.value;
    if (typeof host !== "string" || stated === undefined) {
      return [];
    }
    const taken = [...this.#around.otherPortals()].find(
      ({ hostname }) => hostname.toLowerCase() === host.toLowerCase(),
    );
    return taken === undefined
      ? []
      : [
          {
            code: "document/value",
            message: l10n.t("{0} has this host already.", taken.name),
            span: stated.span,
          },
        ];
  }

  /** A policy that Cloudflare has added since stays as it is. */
  #codeModeProblems({ values }: DocumentContent): readonly DocumentProblem[] {
    const stated = values.get("code_mode");
    const mode = stated?.value;
    const isKnown = mode === this.#portal.codeMode || CODE_MODES.some((each) => each === mode);
    return stated === undefined || isKnown
      ? []
      : [
          {
            code: "document/type",
            message: l10n.t(
              "This has to be {0}.",
              l10n.t("one of {0}", listed(CODE_MODES.map((each) => JSON.stringify(each)))),
            ),
            span: stated.span,
          },
        ];
  }

  /** A write can't have them, so their edits would be lost with the save. */
  #orphanProblems({ sections }: DocumentContent): readonly DocumentProblem[] {
    const servers = sections.get("servers");
    return this.#orphans().flatMap((of) => {
      const entries = servers?.get(of.within?.name ?? "")?.sections.get(sectionKey(of.kind));
      return this.#editsOf(of, entries?.get(of.name));
    });
  }

  /** The entries of what is gone. */
  #orphans(): readonly PartRef[] {
    return [...this.#portal.mappings.values()].flatMap((mapping) => {
      const { serverId } = mapping;
      const server = mapping.server ?? this.#around.server(serverId);
      return KINDS.flatMap((kind) =>
        orphanedOverrides(mapping, kind, server).map(({ name }) =>
          partRef(kind, name, mappingRef(serverId)),
        ),
      );
    });
  }

  /** Whether something is on that is gone means nothing, so whoever turns all off may turn it off too. */
  #statesOfOrphans(): ReadonlySet<string> {
    return new Set(this.#orphans().map((of) => fieldId({ of, key: "enabled" })));
  }

  #editsOf(of: PartRef, entry: PartContent | undefined): readonly DocumentProblem[] {
    return [...(entry?.values ?? [])].flatMap(([key, stated]) => {
      const field = { of, key };
      return key === "enabled" || this.same(field, this.value(field), stated.value)
        ? []
        : [{ code: "document/value", message: orphanInWords(of), span: stated.span } as const];
    });
  }

  meaningful(changes: readonly FieldChange[]): readonly FieldChange[] {
    const removed = new Map(
      removedServers(changes).map((id) => [id, goneWith(this.#portal.mappings.get(id))]),
    );
    const stateless = this.#statesOfOrphans();
    return changes.flatMap((change) => {
      const known = portalField(change.field);
      if (known?.part !== "capability") {
        return [change];
      }
      const gone = removed.get(known.serverId);
      if (gone !== undefined) {
        return gone.has(fieldId(change.field)) ? [change] : [];
      }
      if (stateless.has(fieldId(change.field))) {
        return [];
      }
      return this.#isTextBelow(change) ? withoutText(change) : [change];
    });
  }

  /** True for a description that the layers below have too, which is no override. */
  #isTextBelow({ field, to }: FieldChange): boolean {
    const known = portalField(field);
    if (known?.part !== "capability" || known.key !== "description" || to === null) {
      return false;
    }
    const server = this.#around.server(known.serverId);
    const mapping = this.#portal.mappings.get(known.serverId);
    const shown =
      server && mapping && mappedCatalogueOf(mapping, server).find(known.of.kind, known.of.name);
    return shown?.onServer.description === to;
  }

  #mapping(of: PartRef | undefined): Mapping | undefined {
    return of && this.#portal.mappings.get(of.name);
  }
}

const KINDS = ["tool", "prompt"] as const;

function orphanInWords({ kind, name }: PartRef): string {
  return kind === "tool"
    ? l10n.t(
        'The server no longer has a tool "{0}", so Cloudflare takes no change of its entry. Put it back, or remove the entry.',
        name,
      )
    : l10n.t(
        'The server no longer has a prompt "{0}", so Cloudflare takes no change of its entry. Put it back, or remove the entry.',
        name,
      );
}

function tooMany({ sections }: DocumentContent): readonly DocumentProblem[] {
  const servers = [...(sections.get("servers")?.values() ?? [])];
  const first = servers[MOST_SERVERS];
  return first === undefined
    ? []
    : [
        {
          code: "document/value",
          message: l10n.t(
            "A portal has at most {0} servers; here are {1}.",
            MOST_SERVERS,
            servers.length,
          ),
          span: first.name,
        },
      ];
}

/** True for an entry that says more than having none would. Cloudflare answers one for each capability. */
function saysMore({ defaultDisabled }: Mapping): (entry: Override) => boolean {
  return ({ alias, description, enabled = !defaultDisabled }) =>
    alias !== undefined || description !== undefined || enabled === defaultDisabled;
}

function withoutText(change: FieldChange): readonly FieldChange[] {
  return change.from === null ? [] : [{ ...change, to: null }];
}

/** With a server all goes that the portal has of it, except what Cloudflare wouldn't take back. */
function goneWith(mapping: Mapping | undefined): ReadonlySet<string> {
  return new Set(mapping === undefined ? [] : detached(mapping).map(({ field }) => fieldId(field)));
}

/** The ids of the servers that the changes take out of the portal. */
export function removedServers(changes: readonly FieldChange[]): readonly string[] {
  return changes.flatMap(({ field, to }) => {
    const known = portalField(field);
    return known?.part === "mapping" && known.key === "mapped" && to === null
      ? [known.serverId]
      : [];
  });
}
