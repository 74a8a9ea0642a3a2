import type * as vscode from "vscode";
import type { Ref } from "../../domain/changes/change.ts";
import { showProgress } from "../../editor/notifications.ts";
import { countedInWords } from "./saveOutcome.ts";

/** With fewer servers than this, work ends before anybody could read a progress message. */
const MANY = 4;

/** The work reports its progress here, and reads here whether somebody has cancelled. */
export interface Counted {
  /** The work calls this after each server or portal. */
  ended(): void;
  /** Undefined where nobody can cancel. */
  readonly token: vscode.CancellationToken | undefined;
}

/** Runs work on these servers and portals. Where they are many, a notification counts them. */
export function countedProgress<T>(
  title: string,
  all: readonly { readonly ref: Ref }[],
  work: (counted: Counted) => Promise<T>,
  cancellable = false,
): Thenable<T> {
  if (all.length < MANY) {
    return work({ ended: () => undefined, token: undefined });
  }
  return showProgress(
    title,
    (report, token) => {
      let done = 0;
      const ended = (): void => {
        done += 1;
        report(countedInWords(done, all), 100 / all.length);
      };
      return work({ ended, token: cancellable ? token : undefined });
    },
    cancellable,
  );
}
