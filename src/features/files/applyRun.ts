import * as vscode from "vscode";
import { about } from "../../base/text.ts";
import type { AccountId } from "../../domain/account.ts";
import type { ChangeSet, Ref } from "../../domain/changes/change.ts";
import { LOCK_FILE } from "../../domain/files/filePaths.ts";
import { withPulled } from "../../domain/files/pulled.ts";
import type { ResourceFile } from "../../domain/files/resourceFile.ts";
import { type CreateAction, type Plan, writesIn } from "../../domain/plans/plan.ts";
import { planFiles, problemsInAccount } from "../../domain/plans/planFiles.ts";
import { portalKind, portalRef } from "../../domain/portals/portalKind.ts";
import { emptyLock, type LockFile, lockText } from "../../domain/review/lockFile.ts";
import { SERVER } from "../../domain/servers/server.ts";
import { serverKind, serverRef } from "../../domain/servers/serverKind.ts";
import { notifyError } from "../../editor/notifications.ts";
import { writeChanged } from "../../editor/textFiles.ts";
import type { AppContext } from "../app.ts";
import {
  asOneAction,
  completeIfSaved,
  notifyUnsaved,
  recoverBySaving,
  save,
} from "../edits/index.ts";
import { syncTargets } from "../sync/index.ts";
import { resourcesOf } from "./fileAccount.ts";
import { uriIn } from "./fileAddress.ts";

interface ApplyTarget {
  readonly accountId: AccountId;
  /** The folder of the files. */
  readonly root: vscode.Uri;
  readonly lock: LockFile | undefined;
}

/** Writes a plan: servers first, because what they become may change what portals show of them. */
export class ApplyRun {
  readonly #app: AppContext;
  readonly #target: ApplyTarget;
  readonly #write = asOneAction();

  constructor(app: AppContext, target: ApplyTarget) {
    this.#app = app;
    this.#target = target;
  }

  /**
   * Resolves with the number of resources that were written. Tells by itself what wasn't. Keeps in the
   * lock file what the account has now, but where something is still open: with a new base an open
   * conflict would be no conflict any more.
   */
  async apply(files: readonly ResourceFile[], plan: Plan): Promise<number> {
    const servers = plan.filter(({ kind }) => kind === SERVER);
    const ofServers = await this.#writeAll(servers);
    const portals =
      ofServers === 0 ? plan.filter(({ kind }) => kind !== SERVER) : this.#planPortals(files);
    const ofPortals = await this.#writeAll(portals);
    await this.#keepPulled(files);
    return ofServers + ofPortals;
  }

  async #writeAll(plan: Plan): Promise<number> {
    let created = 0;
    for (const action of plan) {
      if (action.action === "create" && (await this.#create(action))) {
        created += 1;
      }
    }
    const changeSets = plan.flatMap((action): readonly ChangeSet[] =>
      action.action === "update" && action.changes.length > 0
        ? [{ ref: this.#refOf(action), changes: action.changes }]
        : [],
    );
    const outcomes = await save(this.#app, changeSets, this.#write);
    completeIfSaved(outcomes);
    notifyUnsaved(this.#app, outcomes, recoverBySaving(this.#app, "edit"));
    return created + outcomes.filter(({ result }) => result.saved.length > 0).length;
  }

  /** Tells by itself where it fails. A new server is synced, so that its tools are there. */
  async #create(action: CreateAction): Promise<boolean> {
    const { accountId } = this.#target;
    const session = this.#app.sessions.get(accountId);
    if (session === undefined) {
      return false;
    }
    try {
      if (action.body.kind === "server") {
        const { id } = await session.operations(serverKind).create(action.body.server);
        await syncTargets(this.#app, [{ kind: "server", accountId, serverId: id }]);
      } else {
        await session.operations(portalKind).create(action.body.portal);
      }
      return true;
    } catch (error) {
      const what = about(action.path, vscode.l10n.t("It wasn't created."));
      void this.#app.reporter.reportFailure(what, error, () => this.#create(action));
      return false;
    }
  }

  /** Once more, since a server that was created has brought the tools that a portal's file may name. */
  #planPortals(files: readonly ResourceFile[]): Plan {
    const { accountId, lock } = this.#target;
    const account = resourcesOf(this.#app.store.state, accountId);
    const portals = files.filter(({ kind }) => kind !== SERVER);
    if (account === undefined || portals.length === 0) {
      return [];
    }
    const [problem] = problemsInAccount(portals, account);
    if (problem !== undefined) {
      void notifyError(problem);
      return [];
    }
    return writesIn(planFiles(portals, account, { lock, force: false }));
  }

  async #keepPulled(files: readonly ResourceFile[]): Promise<void> {
    const { accountId, root, lock } = this.#target;
    const account = resourcesOf(this.#app.store.state, accountId);
    if (account === undefined) {
      return;
    }
    const open = new Set(planFiles(files, account, { lock, force: false }).map(({ path }) => path));
    const kept = files.filter(({ path }) => !open.has(path));
    const text = lockText(withPulled(lock ?? emptyLock(accountId), account, kept));
    await writeChanged(uriIn(root, LOCK_FILE), text);
  }

  #refOf({ kind, id }: Pick<ResourceFile, "kind" | "id">): Ref {
    const { accountId } = this.#target;
    return kind === SERVER ? serverRef(accountId, id) : portalRef(accountId, id);
  }
}
