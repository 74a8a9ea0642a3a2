import { isRecord, type JsonRecord } from "../../base/json.ts";
import type { ResourceDocument } from "../documents/resourceDocument.ts";
import { serverDocument } from "../documents/serverDocument.ts";
import type { Portal } from "../portals/portal.ts";
import { firstLook } from "../review/baseline.ts";
import type { LockFile, PulledResources } from "../review/lockFile.ts";
import type { Server } from "../servers/server.ts";
import { type AccountResources, portalDocumentIn, resourceDocumentIn } from "./accountDocuments.ts";
import type { ResourceFile } from "./resourceFile.ts";

/** What the lock file keeps of an account's resources. */
export function pulledOf(account: AccountResources): PulledResources {
  const { servers, portals } = account;
  return {
    server: new Map([...servers].map(([id, server]) => [id, pulledServer(server)])),
    portal: new Map([...portals].map(([id, portal]) => [id, pulledPortal(portal, account)])),
  };
}

function pulledServer(server: Server): JsonRecord {
  return contentOf(serverDocument(server));
}

function pulledPortal(portal: Portal, account: AccountResources): JsonRecord {
  return contentOf(portalDocumentIn(portal, account));
}

/** A resource of either kind. */
type Named = Pick<ResourceFile, "kind" | "id">;

/** The lock with these resources as the account has them. All others stay as they were. */
export function withPulled(
  lock: LockFile,
  account: AccountResources,
  of: readonly Named[],
): LockFile {
  const { server, portal } = lock.pulled;
  const pulled = { server: new Map(server), portal: new Map(portal) };
  for (const { kind, id } of of) {
    const document = resourceDocumentIn(account, kind, id);
    if (document !== undefined) {
      pulled[kind].set(id, contentOf(document));
    }
  }
  return { ...lock, pulled };
}

/** The lock without these resources. */
export function withoutPulled(lock: LockFile, gone: readonly Named[]): LockFile {
  const { server, portal } = lock.pulled;
  const pulled = { server: new Map(server), portal: new Map(portal) };
  for (const { kind, id } of gone) {
    pulled[kind].delete(id);
  }
  return { ...lock, pulled };
}

/** Keeps what is seen of servers for the first time as not reviewed. Nothing is accepted. */
export function withFirstLooks(lock: LockFile, servers: Iterable<Server>, at: string): LockFile {
  const accepted = new Map(lock.accepted);
  for (const server of servers) {
    const first = accepted.has(server.id) ? undefined : firstLook(server, at);
    if (first !== undefined) {
      accepted.set(server.id, { ...first, held: [] });
    }
  }
  return { ...lock, accepted };
}

function contentOf({ text }: ResourceDocument): JsonRecord {
  const content: unknown = JSON.parse(text);
  return isRecord(content) ? content : {};
}
