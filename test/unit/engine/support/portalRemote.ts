import { parsePortal } from "../../../../src/cloudflare/portals.ts";
import type { CloudflareClient } from "../../../../src/domain/cloudflareClient.ts";
import {
  mappedCapabilityField,
  mappingField,
  PORTAL_FIELDS,
} from "../../../../src/domain/portals/fields.ts";
import type { NewPortal, Portal, PortalPatch } from "../../../../src/domain/portals/portal.ts";
import { portalKind } from "../../../../src/domain/portals/portalKind.ts";
import { RESOURCES, type Resources } from "../../../../src/domain/resources/kinds.ts";
import { Clock } from "../../../../src/emulator/clock.ts";
import { type Account, AccountStore } from "../../../../src/emulator/state/accounts.ts";
import { portalBytes, updatePortal } from "../../../../src/emulator/state/portals.ts";
import type { PortalRecord } from "../../../../src/emulator/state/records.ts";
import { Controls } from "../../../../src/emulator/switches/controls.ts";
import { DEFAULT_BEHAVIOURS } from "../../../../src/emulator/switches/schemas.ts";
import { applyPortalBodySwitches, updatePortalBody } from "../../../../src/emulator/wire/bodies.ts";
import { check } from "../../../../src/emulator/wire/validation.ts";
import type { AccountStorage } from "../../../../src/engine/ports.ts";
import { orRefusal } from "./cloudflare.ts";
import type { Dice } from "./dice.ts";
import { FaultyRemote } from "./faultyRemote.ts";
import type { ForeignEntry, Subject } from "./history.ts";
import { docsRecord, strange, toolNames } from "./record.ts";
import { unusedClient } from "./unusedClient.ts";
import { ResourceWindow } from "./window.ts";

const SERVERS = ["docs", "mail"] as const;
const AT = "2026-10-10T09:00:00Z";

/** One portal of two servers. It obeys the emulator's rules, but uses no socket. */
export class PortalRemote extends FaultyRemote<PortalRecord, Portal, PortalPatch> {
  protected override readonly ignorable = ["name", "servers"] as const;
  readonly #account: Account;

  constructor(dice: Dice) {
    super(portalRecord(), dice);
    this.#account = new AccountStore(new Clock()).addAccount("0".repeat(32), "Account");
    for (const id of SERVERS) {
      this.#account.servers.put({ ...docsRecord(), id, updated_tools: [] });
    }
  }

  override now(): Portal {
    const pieces = portalBytes(this.record, this.#account, new Controls(0, 0));
    const { portal } = parsePortal(JSON.parse(Buffer.concat(pieces).toString("utf8")));
    return portal;
  }

  client(): CloudflareClient {
    return {
      ...unusedClient(),
      listPortals: async () => ({ items: [await this.read()], rejected: [] }),
      readPortal: () => this.read(),
      updatePortal: (_id, patch) => this.update(patch),
    };
  }

  protected override applied(patch: PortalPatch, ignoreFields: readonly string[]): PortalRecord {
    const behaviours = { ...DEFAULT_BEHAVIOURS, ignoreFields: [...ignoreFields] };
    const sent: unknown = JSON.parse(JSON.stringify(patch));
    return orRefusal(() => {
      const body = check(updatePortalBody, applyPortalBodySwitches(sent, behaviours), "body");
      const author = { by: "window", at: "2026-10-10T10:00:00Z" };
      return updatePortal(this.#account, this.record, body, behaviours, author);
    });
  }
}

/** In its first mapping an override of a tool that the server doesn't have any more. */
function portalRecord(): PortalRecord {
  return {
    id: "main",
    name: "Main",
    hostname: "mcp.example.com",
    secure_web_gateway: false,
    code_mode: "opt_in",
    created_at: AT,
    created_by: "somebody",
    modified_at: AT,
    modified_by: "somebody",
    servers: SERVERS.map((serverId) => ({
      server_id: serverId,
      default_disabled: false,
      on_behalf: true,
      updated_tools: serverId === "docs" ? [strange] : [],
      updated_prompts: [],
    })),
  };
}

/** The portal of a history. */
export const portalSubject: Subject<Portal> = {
  access: PORTAL_FIELDS,
  fields: [
    { of: undefined, key: "name" },
    { of: undefined, key: "description" },
    { of: undefined, key: "secure_web_gateway" },
    ...SERVERS.flatMap((server) => [
      mappingField(server, "default_disabled"),
      mappingField(server, "on_behalf"),
      ...toolNames.flatMap((name) =>
        (["alias", "description", "enabled"] as const).map((key) =>
          mappedCapabilityField(server, { kind: "tool", name }, key),
        ),
      ),
    ]),
  ],
  foreignNames: toolNames,
  isStrange: ({ field }) => field.of?.name === strange.name,
  strangeLoss: {
    field: mappedCapabilityField("docs", { kind: "tool", name: strange.name }, "alias"),
    from: strange.alias,
    to: null,
  },
  strangeEntry: ({ mappings }) => ({
    now: mappings.get("docs")?.toolOverrides.get(strange.name),
    first: strange,
  }),
  received: ({ received }) => received,
};

/** Another administrator writes these entries into the first mapping. */
export function foreignPortalWrite(
  entries: readonly ForeignEntry[],
): (record: PortalRecord) => Pick<PortalRecord, "servers"> {
  const names = new Set(entries.map(({ name }) => name));
  return ({ servers }) => ({
    servers: servers.map((mapping, index) =>
      index > 0
        ? mapping
        : {
            ...mapping,
            updated_tools: [
              ...mapping.updated_tools.filter(({ name }) => !names.has(name)),
              ...entries,
            ],
          },
    ),
  });
}

/** A window that edits a portal. */
export class PortalWindow extends ResourceWindow<Resources, "portal", PortalPatch, NewPortal> {
  constructor(api: CloudflareClient, storage: AccountStorage) {
    super({ table: RESOURCES, kind: portalKind, api, storage, id: "main" });
  }
}
