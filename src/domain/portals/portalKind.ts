import { sameJson } from "../../base/json.ts";
import type { AccountId } from "../account.ts";
import type { Ref } from "../changes/change.ts";
import type { ResourceKind } from "../resources/resource.ts";
import { PORTAL_FIELDS } from "./fields.ts";
import { lostFields, planPatch, refusalsOf, untouchedFields } from "./patch.ts";
import { type NewPortal, PORTAL, type Portal, type PortalPatch } from "./portal.ts";
import { PORTAL_SNAPSHOT } from "./portalSnapshot.ts";

/** Tells the engine how portals are read, written and compared. */
export const portalKind: ResourceKind<typeof PORTAL, Portal, PortalPatch, NewPortal> = {
  name: PORTAL,
  list: (api, options) => api.listPortals(options),
  read: (api, id, options) => api.readPortal(id, options),
  create: (api, portal) => api.createPortal(portal),
  update: (api, id, patch) => api.updatePortal(id, patch),
  delete: (api, id) => api.deletePortal(id),
  fields: {
    ...PORTAL_FIELDS,
    patch: planPatch,
    untouched: untouchedFields,
    lost: lostFields,
    refusals: refusalsOf,
  },
  snapshot: PORTAL_SNAPSHOT,
  same: (one, other) => sameJson(one.received, other.received),
  // A portal has no state of its own: what stops working is one of its servers.
  hasStoppedWorking: () => false,
};

export function portalRef(accountId: AccountId, portalId: string): Ref {
  return { accountId, kind: PORTAL, id: portalId };
}
