import type { CallOptions, Listed } from "../model/client/client.ts";
import type { Portal } from "../model/server/portal.ts";
import { listAll } from "./lists/pages.ts";
import type { Place } from "./servers.ts";
import { type ReadPortal, readPortal } from "./shapes/portalShape.ts";
import { subjectOf } from "./shapes/serverShape.ts";
import { listed, type Tried, tried, within } from "./shapes/shape.ts";
import { pathOf } from "./wire/path.ts";

const perPage = 100;

/** A portal one of whose servers is broken still shows, with the others. */
export async function listPortals(
  { transport, base }: Place,
  { search, ...options }: CallOptions & { readonly search?: string } = {},
): Promise<Listed<Portal>> {
  const found = await listAll<Tried<ReadPortal>>({
    transport,
    call: { ...options, path: `${base}/portals`, ...(search ? { query: { search } } : {}) },
    perPage,
    subject: "the list of portals",
    read: (value, place) =>
      tried(value, () => readPortal(value, subjectOf("portal", value, place))),
  });
  const { items, rejected } = listed(found);
  // A server that was rejected has no id among portals.
  const servers = items.flatMap((item) => item.rejected.map((error) => ({ id: undefined, error })));
  return { items: items.map(({ portal }) => portal), rejected: [...servers, ...rejected] };
}

/** Rejects where one of its servers is broken, as there is no place to tell it beside the portal. */
export async function getPortal(
  { transport, base }: Place,
  id: string,
  options: CallOptions = {},
): Promise<Portal> {
  const path = `${base}/portals${pathOf(id)}`;
  const envelope = await transport.request({ ...options, path, method: "GET", repeat: "safe" });
  return within(envelope, () => {
    const { portal, rejected } = readPortal(envelope.result);
    if (rejected[0] !== undefined) {
      throw rejected[0];
    }
    return portal;
  });
}
