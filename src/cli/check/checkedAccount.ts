import { join, relative, sep } from "node:path";
import type { Capability, CapabilityKind } from "../../domain/catalogue/capability.ts";
import type { ReachedPortals } from "../../domain/checks/checkPortals.ts";
import type { AccountResources } from "../../domain/files/accountDocuments.ts";
import { type FileKind, WAIVERS_FILE } from "../../domain/files/filePaths.ts";
import { placed } from "../../domain/files/resourceFile.ts";
import type { Action } from "../../domain/plans/plan.ts";
import { aroundPortals } from "../../domain/plans/planFiles.ts";
import { newPortalOf } from "../../domain/plans/planPortal.ts";
import { newServerOf } from "../../domain/plans/planServer.ts";
import { PORTAL_FIELDS } from "../../domain/portals/fields.ts";
import { PORTAL } from "../../domain/portals/portal.ts";
import type { ReportedFile, ReportedResource } from "../../domain/report/reportedFinding.ts";
import type { Waiver } from "../../domain/report/waivers.ts";
import { readWaivers } from "../../domain/report/waiversFile.ts";
import type { Baseline } from "../../domain/review/baseline.ts";
import { withValues } from "../../domain/servers/fields.ts";
import { SERVER, type Server } from "../../domain/servers/server.ts";
import { readBeside } from "../../engine/reach/readBeside.ts";
import type { Invocation } from "../command.ts";
import { readFolder, readText, refuse, serversIn, type WorkFolder } from "../files/workFolder.ts";
import { planFolder } from "../plan/planFolder.ts";

/** An account to check, with the lock file and the waivers of its folder. */
export interface CheckedAccount {
  readonly resources: AccountResources;
  /** The accepted definitions by server id; undefined if no folder is checked. */
  readonly baselines: ReadonlyMap<string, Baseline> | undefined;
  /** The DNS records and Access applications of the account's portals, by the portal's id. */
  readonly reach: ReachedPortals;
  /** Servers that only have a file, so that nothing of their upstream is known. */
  readonly planned: ReadonlySet<string>;
  readonly waivers: {
    readonly list: readonly Waiver[];
    /** The path of their file, as the report names it. */
    readonly path: string;
  };
  fileOf(resource: ReportedResource): ReportedFile | undefined;
}

/**
 * The account as it is, or with a folder as its files say: what an apply would write is checked before
 * it is there. Rejects with a CommandError where a file can't be understood.
 */
export async function checkedAccount(call: Invocation): Promise<CheckedAccount> {
  const account = call.account();
  const [folder] = call.args;
  if (folder === undefined) {
    const resources = await account.read();
    return {
      resources,
      reach: await readBeside(account.api, [...resources.portals.values()]),
      baselines: undefined,
      planned: new Set(),
      waivers: { list: [], path: WAIVERS_FILE },
      fileOf: () => undefined,
    };
  }
  const work = await readFolder(folder, account.id);
  const list = await waiversIn(folder);
  const before = await account.read(serversIn(work.files));
  const resources = asFilesSay(work, before);
  return {
    resources,
    reach: await readBeside(account.api, [...before.portals.values()]),
    planned: new Set([...resources.servers.keys()].filter((id) => !before.servers.has(id))),
    // Without a lock file, nothing is accepted.
    baselines: work.lock?.accepted ?? new Map(),
    waivers: { list, path: shownPath(folder, WAIVERS_FILE) },
    fileOf: filesIn(work, folder),
  };
}

async function waiversIn(folder: string): Promise<readonly Waiver[]> {
  const text = await readText(join(folder, WAIVERS_FILE));
  if (text === undefined) {
    return [];
  }
  const { waivers, problems } = readWaivers(text);
  refuse(problems.map(({ region, message }) => placed(WAIVERS_FILE, region.startLine, message)));
  return waivers;
}

function asFilesSay(work: WorkFolder, account: AccountResources): AccountResources {
  const plan = planFolder(work, account, { prune: false, force: true });
  const servers = new Map(account.servers);
  const portals = new Map(account.portals);
  const around = aroundPortals(work.files, account);
  for (const { kind, id, file } of plan.flatMap(creations)) {
    if (kind === SERVER) {
      servers.set(id, withNamed(newServerOf(file)));
    } else {
      portals.set(id, newPortalOf(file, around));
    }
  }
  for (const { kind, id, changes } of plan.flatMap(updates)) {
    const server = kind === SERVER ? servers.get(id) : undefined;
    const portal = kind === PORTAL ? portals.get(id) : undefined;
    if (server !== undefined) {
      servers.set(id, withValues(server, changes));
    }
    if (portal !== undefined) {
      portals.set(id, PORTAL_FIELDS.set(portal, changes));
    }
  }
  return { ...account, servers, portals };
}

/** With the tools and prompts that its file names, of which nothing else is known yet. */
function withNamed(server: Server): Server {
  const named = (kind: CapabilityKind, overrides: Server["toolOverrides"]) =>
    [...overrides.keys()].map(
      (name): Capability => ({ kind, name, description: undefined, source: { name } }),
    );
  return {
    ...server,
    tools: named("tool", server.toolOverrides),
    prompts: named("prompt", server.promptOverrides),
  };
}

function creations(action: Action) {
  return action.action === "create" ? [action] : [];
}

function updates(action: Action) {
  return action.action === "update" ? [action] : [];
}

function filesIn({ files }: WorkFolder, folder: string): CheckedAccount["fileOf"] {
  const keyOf = (kind: FileKind, id: string): string => JSON.stringify([kind, id]);
  const known = new Map(
    files.map(({ kind, id, path, text }) => [
      keyOf(kind, id),
      { path: shownPath(folder, path), text },
    ]),
  );
  return (resource) =>
    known.get(
      resource.portal === undefined
        ? keyOf(SERVER, resource.server)
        : keyOf(PORTAL, resource.portal),
    );
}

/** Relative to where the command was started, which in CI is the repository. */
function shownPath(folder: string, path: string): string {
  return relative("", join(folder, path)).split(sep).join("/");
}
