import { appOfPortal, appOfServer } from "../../domain/access/accessApp.ts";
import {
  type AccessGroup,
  allowPolicy,
  includesEveryone,
  type NewAccessApp,
} from "../../domain/access/newAccess.ts";
import type { CallOptions, CloudflareClient } from "../../domain/cloudflareClient.ts";
import { type Looked, PERMISSIONS } from "../../domain/reach/chain.ts";
import type { Creation } from "../../domain/reach/creation.ts";
import { isForUsers } from "../../domain/reach/usersFound.ts";
import { look } from "./look.ts";

/** The calls that create what users need beside a portal. */
export type CreationClient = Pick<
  CloudflareClient,
  | "createDnsRecord"
  | "createAccessApp"
  | "createAccessPolicy"
  | "listAccessGroups"
  | "listAccessApps"
  | "listAccessPolicies"
>;

type Unread = Exclude<Looked<unknown>, { kind: "read" }>;

export type CreationOutcome =
  | { readonly kind: "created" }
  /** Somebody else was faster, so nothing was sent. */
  | { readonly kind: "exists" }
  /** `isHalf`: the application is there, its policy isn't. */
  | { readonly kind: "failed"; readonly why: Unread; readonly isHalf: boolean };

const CREATED = { kind: "created" } as const;
const EXISTS = { kind: "exists" } as const;

/**
 * Creates what a person has confirmed, unless it has come to be there. An application is made before its
 * policy and lets nobody in until then. Rejects only when it is aborted.
 */
export async function create(
  api: CreationClient,
  creation: Creation,
  call: CallOptions = {},
): Promise<CreationOutcome> {
  switch (creation.kind) {
    case "dnsRecord": {
      const { zone, record } = creation;
      // Cloudflare itself refuses a second record of the name.
      const made = await look(PERMISSIONS.dnsEdit, () =>
        api.createDnsRecord(zone.id, record, call),
      );
      return made.kind === "read" ? CREATED : failed(made);
    }
    case "app":
      return createApp(api, creation, call);
    case "policy": {
      const { app, audience } = creation;
      const known = await look(PERMISSIONS.access, () => api.listAccessPolicies(app.id, call));
      if (known.kind !== "read") {
        return failed(known);
      }
      if (known.value.some(isForUsers)) {
        return EXISTS;
      }
      const made = await look(PERMISSIONS.accessEdit, () =>
        api.createAccessPolicy(app.id, allowPolicy(audience), call),
      );
      return made.kind === "read" ? CREATED : failed(made);
    }
  }
}

async function createApp(
  api: CreationClient,
  { app, audience }: Extract<Creation, { kind: "app" }>,
  call: CallOptions,
): Promise<CreationOutcome> {
  const known = await look(PERMISSIONS.access, () => hasApp(api, app, call));
  if (known.kind !== "read") {
    return failed(known);
  }
  if (known.value) {
    return EXISTS;
  }
  const made = await look(PERMISSIONS.accessEdit, () => api.createAccessApp(app, call));
  if (made.kind !== "read") {
    return failed(made);
  }
  const policy = await look(PERMISSIONS.accessEdit, () =>
    api.createAccessPolicy(made.value.id, allowPolicy(audience), call),
  );
  return policy.kind === "read" ? CREATED : { kind: "failed", why: policy, isHalf: true };
}

/** Cloudflare may take a second one, so it is looked for. */
async function hasApp(api: CreationClient, app: NewAccessApp, call: CallOptions): Promise<boolean> {
  const { items, rejected } = await api.listAccessApps(call);
  if (rejected[0] !== undefined) {
    throw rejected[0].error;
  }
  const found =
    app.type === "mcp_portal"
      ? appOfPortal(items, app.domain)
      : appOfServer(items, app.destinations[0].mcp_server_id);
  return found !== undefined;
}

function failed(why: Unread): CreationOutcome {
  return { kind: "failed", why, isHalf: false };
}

/** The groups with which something can be shared, without those that stand for everyone. */
export async function readGroups(
  api: Pick<CreationClient, "listAccessGroups">,
  call: CallOptions = {},
): Promise<Looked<readonly AccessGroup[]>> {
  return look(PERMISSIONS.groups, async () => {
    const groups = await api.listAccessGroups(call);
    return groups.filter((group) => !includesEveryone(group));
  });
}
