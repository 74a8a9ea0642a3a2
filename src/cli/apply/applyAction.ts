import * as l10n from "@vscode/l10n";
import { isApiError } from "../../domain/apiError.ts";
import { type FieldChange, refId } from "../../domain/changes/change.ts";
import { fieldsInWords, lostInWords, unsavedInWords } from "../../domain/changes/words.ts";
import { isSaved, type WriteResult } from "../../domain/changes/writeResult.ts";
import type { CloudflareClient } from "../../domain/cloudflareClient.ts";
import type { CreateAction, DeleteAction, UpdateAction } from "../../domain/plans/plan.ts";
import type { Portal } from "../../domain/portals/portal.ts";
import { portalKind } from "../../domain/portals/portalKind.ts";
import { credentialsIn } from "../../domain/servers/newServer.ts";
import type { Server } from "../../domain/servers/server.ts";
import { serverKind } from "../../domain/servers/serverKind.ts";
import { carefulWrite, type WriteAttempt } from "../../engine/edits/write.ts";
import type { Locks } from "../../engine/ports.ts";
import { reasonInWords } from "../failures.ts";
import type { FileCredentials } from "./credentials.ts";

export interface Writer {
  readonly api: CloudflareClient;
  readonly locks: Locks;
  readonly credentials: FileCredentials;
}

/** How one write ended. */
export interface Outcome {
  /** Says what the write did; undefined if it did nothing. */
  readonly done: string | undefined;
  /** A sentence for each thing that the write failed to do. */
  readonly problems: readonly string[];
  /** Why nothing more can be written now; undefined where the next one may go well. */
  readonly broken?: unknown;
  /** As it was read afterwards; undefined where it wasn't. */
  readonly server?: Server | undefined;
  readonly portal?: Portal | undefined;
}

/** A command's writes are taken back by its files, so there is no journal of them. Never rejects. */
export async function update(
  { api, locks }: Writer,
  { kind, id, path }: Pick<UpdateAction, "kind" | "id" | "path">,
  changes: readonly FieldChange[],
): Promise<Outcome> {
  if (kind === "server") {
    const written = await carefulWrite(changes, { kind: serverKind, api, id, locks });
    return { ...outcomeOf(path, written), server: written.remote };
  }
  const written = await carefulWrite(changes, { kind: portalKind, api, id, locks });
  return { ...outcomeOf(path, written), portal: written.remote };
}

function outcomeOf(path: string, { result }: WriteAttempt<unknown>): Outcome {
  const { saved, failure, lost = [] } = result;
  const broken = failure !== undefined && isBroken(failure.error) ? { broken: failure.error } : {};
  return {
    done: saved.length === 0 ? undefined : l10n.t("saved {0}", fieldsInWords(saved)),
    problems: [
      ...problemsOf(path, result),
      ...(lost.length === 0 ? [] : [lostInWords(path, lost)]),
    ],
    ...broken,
  };
}

function problemsOf(path: string, result: WriteResult): readonly string[] {
  return isSaved(result) ? [] : [unsavedInWords(path, result).join(" ")];
}

/** True where the next write would fail in the same way. */
function isBroken(error: unknown): boolean {
  return isApiError(error) && ["offline", "auth", "forbidden", "rateLimit"].includes(error.kind);
}

/** Never rejects. A new server is synced, so that its tools are there. */
export async function create(writer: Writer, { body, path }: CreateAction): Promise<Outcome> {
  try {
    return body.kind === "server"
      ? await createServer(writer, body.server)
      : {
          done: l10n.t("created"),
          problems: [],
          portal: await writer.api.createPortal(body.portal),
        };
  } catch (error) {
    return failed(l10n.t("{0}: It wasn't created. {1}", path, reasonInWords(error)), error);
  }
}

async function createServer(
  { api, credentials }: Writer,
  server: Parameters<CloudflareClient["createServer"]>[0],
): Promise<Outcome> {
  const credential = credentials.get(server.id);
  const created = await api.createServer({
    ...server,
    ...(credential === undefined ? {} : credentialsIn(server.auth_type, credential)),
  });
  const synced = await api.syncServer(server.id).then(
    () => api.readServer(server.id),
    () => undefined,
  );
  return {
    done:
      synced?.status === "ready"
        ? l10n.t("created and synced")
        : l10n.t("created; its sync has yet to succeed"),
    problems: [],
    server: synced ?? created,
  };
}

/** Never rejects. */
export async function remove({ api }: Writer, { kind, id, path }: DeleteAction): Promise<Outcome> {
  try {
    await (kind === "server" ? api.deleteServer(id) : api.deletePortal(id));
  } catch (error) {
    if (!isApiError(error) || error.kind !== "notFound") {
      return failed(l10n.t("{0}: It wasn't deleted. {1}", path, reasonInWords(error)), error);
    }
  }
  return { done: l10n.t("deleted"), problems: [] };
}

/** Sends the credential of a server that is there. Never rejects. */
export async function sendCredential(
  { api, locks }: Writer,
  { id, authType }: Server,
  path: string,
  credential: string,
): Promise<Outcome> {
  try {
    await locks.run(refId({ kind: "server", id }), () =>
      api.updateServer(id, credentialsIn(authType, credential)),
    );
    return { done: l10n.t("sent its credential"), problems: [] };
  } catch (error) {
    return failed(
      l10n.t("{0}: Its credential wasn't sent. {1}", path, reasonInWords(error)),
      error,
    );
  }
}

function failed(problem: string, error: unknown): Outcome {
  return {
    done: undefined,
    problems: [problem],
    ...(isBroken(error) ? { broken: error } : {}),
  };
}
