import type { Behaviours } from "../switches/behaviours.ts";
import type { SyncResult } from "../sync/sync.ts";
import { type Answer, json, plain } from "../wire/answers.ts";

/** A sync's answer carries its outcome alone, never the catalogue. */
export function syncAnswer(result: SyncResult, behaviours: Behaviours): Answer {
  if (result.ok) {
    return plain(outcome(result));
  }
  switch (behaviours.failedSync) {
    case "200-true":
      return plain(outcome(result));
    case "502": {
      const message = result.error ?? "Sync failed";
      const errors = [{ code: 7000, message }];
      return json(502, { success: false, errors, result: outcome(result) });
    }
    default:
      return json(200, { success: false, result: outcome(result) });
  }
}

function outcome({ status, error, error_details }: SyncResult) {
  return { status, error, error_details };
}
