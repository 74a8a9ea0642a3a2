import * as l10n from "@vscode/l10n";
import { memoize } from "../../base/memo.ts";
import type { CapabilityKind } from "../catalogue/capability.ts";
import { codeModeName, groupedByStem } from "../catalogue/names.ts";
import type { ExposedCapability, Exposing } from "../catalogue/serverCatalogue.ts";
import { exposedIn } from "../portals/exposedTools.ts";
import { overridesOf } from "../portals/fields.ts";
import type { Mapping, Portal } from "../portals/portal.ts";
import { type Hit, placeInPortal, placeOf } from "./finding.ts";
import { NAME_FIXES, type PortalRule } from "./rule.ts";

/** A mapping with what is known of its server. */
interface Mapped {
  readonly mapping: Mapping;
  readonly server: Exposing;
}

/** Clients call the wrong one of two tools with one name, or drop one. */
export const portalNameCollision: PortalRule = {
  of: "portal",
  id: "portal/name-collision",
  severity: "error",
  fixes: NAME_FIXES,
  *check(portal, { serverOf }) {
    const all = [...portal.mappings.values()].flatMap((mapping) => {
      const server = serverOf(mapping.serverId);
      return server === undefined ? [] : [{ mapping, server }];
    });
    const inCodeMode = canHaveCodeMode(portal);
    for (const group of groupedByStem(all, ({ mapping }) => mapping.serverId)) {
      const [only, second] = group;
      yield* only !== undefined && second === undefined
        ? ownCollisions(only)[inCodeMode ? "inCodeMode" : "plain"]
        : collisions(group, inCodeMode);
    }
  },
};

/** A client can't ask for Code Mode where the portal's policy is "off". */
function canHaveCodeMode({ codeMode }: Portal): boolean {
  return codeMode !== "off";
}

const mappedTo = memoize((mapping: Mapping) =>
  memoize((server: Exposing) => ({
    plain: [...collisions([{ mapping, server }], false)],
    inCodeMode: [...collisions([{ mapping, server }], true)],
  })),
);

/** Memoized by the identity of both, because most portals change in one mapping at a time. */
function ownCollisions({ mapping, server }: Mapped): {
  readonly plain: readonly Hit[];
  readonly inCodeMode: readonly Hit[];
} {
  return mappedTo(mapping)(server);
}

interface Holder {
  readonly mapping: Mapping;
  readonly onServer: ExposedCapability;
  readonly exposedName: string;
}

function* collisions(group: readonly Mapped[], inCodeMode: boolean): Iterable<Hit> {
  const names = new Names(inCodeMode);
  for (const { mapping, server } of group) {
    for (const { onServer, exposedName } of exposedIn(mapping, server)) {
      names.add({ mapping, onServer, exposedName });
    }
  }
  for (const [key, holders] of names.shared()) {
    const twins = Map.groupBy(holders, ({ exposedName }) => exposedName);
    for (const own of holders) {
      const twin = twins.get(own.exposedName)?.find((each) => each !== own);
      const other = holders.find(({ exposedName }) => exposedName !== own.exposedName);
      if (twin !== undefined) {
        yield hitFor(own, sameName(own, twin));
      } else if (other !== undefined) {
        yield hitFor(own, sameInCodeMode(own, other, key));
      }
    }
  }
}

function sameName({ exposedName }: Holder, { mapping, onServer }: Holder): string {
  return l10n.t(
    "{0} is also the name of {1} of the server {2} in this portal.",
    exposedName,
    onServer.name,
    mapping.serverId,
  );
}

function sameInCodeMode(own: Holder, other: Holder, key: string): string {
  return l10n.t(
    "In Code Mode {0} and {1} are the same name, {2}.",
    own.exposedName,
    other.exposedName,
    key,
  );
}

function hitFor({ mapping: { serverId, ...mapping }, onServer }: Holder, message: string): Hit {
  const { kind, name } = onServer;
  const subject = { kind, name };
  const hasAlias = overridesOf(mapping, kind).get(name)?.alias !== undefined;
  const path = placeInPortal(serverId, placeOf(subject, hasAlias ? "alias" : undefined));
  return { message, subject, mapping: serverId, path };
}

/** The tools under each name. Nearly every name has one, which is then stored without a list. */
class Names {
  readonly #inCodeMode: boolean;
  readonly #byName: Readonly<Record<CapabilityKind, Map<string, Holder | Holder[]>>> = {
    tool: new Map(),
    prompt: new Map(),
  };

  constructor(inCodeMode: boolean) {
    this.#inCodeMode = inCodeMode;
  }

  add(holder: Holder): void {
    const { kind } = holder.onServer;
    // Code Mode has tools only.
    const key =
      this.#inCodeMode && kind === "tool" ? codeModeName(holder.exposedName) : holder.exposedName;
    const known = this.#byName[kind].get(key);
    if (Array.isArray(known)) {
      known.push(holder);
    } else {
      this.#byName[kind].set(key, known === undefined ? holder : [known, holder]);
    }
  }

  *shared(): Iterable<readonly [key: string, holders: readonly Holder[]]> {
    for (const names of Object.values(this.#byName)) {
      for (const [key, holders] of names) {
        if (Array.isArray(holders)) {
          yield [key, holders];
        }
      }
    }
  }
}
