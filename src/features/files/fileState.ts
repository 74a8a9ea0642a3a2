import type { AccountId } from "../../domain/account.ts";
import { problemsOfFiles, type ResourceFile } from "../../domain/files/resourceFile.ts";
import type { CreateAction, UpdateAction } from "../../domain/plans/plan.ts";
import { planFiles, problemsInAccount } from "../../domain/plans/planFiles.ts";
import type { LockFile } from "../../domain/review/lockFile.ts";
import type { State } from "../../engine/state.ts";
import { resourcesOf } from "./fileAccount.ts";

/** How a file stands to its account. */
export type FileState =
  | { readonly kind: "broken"; readonly problems: readonly string[] }
  | { readonly kind: "same" }
  | { readonly kind: "differs"; readonly action: CreateAction | UpdateAction };

/** Undefined while the account isn't known yet. */
export function fileStateOf(
  state: State,
  accountId: AccountId,
  file: ResourceFile,
  lock: LockFile | undefined,
): FileState | undefined {
  const account = resourcesOf(state, accountId);
  if (account === undefined) {
    return undefined;
  }
  const own = problemsOfFiles([file]);
  const problems = own.length > 0 ? own : problemsInAccount([file], account);
  if (problems.length > 0) {
    return { kind: "broken", problems };
  }
  const [action] = planFiles([file], account, { lock, force: false });
  return action === undefined ? { kind: "same" } : { kind: "differs", action };
}
