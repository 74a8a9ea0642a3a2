import * as vscode from "vscode";
import { isApiError, isCancelled } from "../../domain/apiError.ts";
import { reasonOf } from "../../domain/diagnosis/apiErrors.ts";
import { callsInLast } from "../../domain/usage/toolCalls.ts";
import type { Session } from "../../engine/session.ts";
import { USAGE_DAYS, type Usage } from "../../engine/usage.ts";
import type { KnownCalls } from "../../pages/cost/protocol.ts";

/** Each server takes a request of its own, so that more would hold up everything else. */
const MOST_SERVERS = 60;

const LOADING: KnownCalls = { state: "loading" };

/** Milliseconds after which a page that is drawn again asks again. */
const FRESH_MS = 600_000;

/** How often the servers of a page were called, as far as it is known. */
export class ToolCallCounts {
  readonly #session: () => Pick<Session, "usage"> | undefined;
  readonly #changed: () => void;
  #asked: { readonly servers: string; readonly at: number } | undefined;
  #known: KnownCalls = LOADING;

  /** @param changed called when more is known */
  constructor(session: () => Pick<Session, "usage"> | undefined, changed: () => void) {
    this.#session = session;
    this.#changed = changed;
  }

  /** Asks Cloudflare for what isn't known, or is old. The same object until more is known. */
  of(serverIds: readonly string[]): KnownCalls {
    const usage = this.#session()?.usage;
    const servers = JSON.stringify(serverIds);
    const isOther = this.#asked?.servers !== servers;
    const isOld = Date.now() - (this.#asked?.at ?? 0) > FRESH_MS;
    if (usage !== undefined && (isOther || isOld)) {
      const asked = { servers, at: Date.now() };
      this.#asked = asked;
      this.#known = isOther ? LOADING : this.#known;
      void callsOf(usage, serverIds).then((known) => {
        // Servers may have come or gone since.
        if (this.#asked === asked) {
          this.#known = known;
          this.#changed();
        }
      });
    }
    return this.#known;
  }
}

/** Never rejects. */
async function callsOf(usage: Usage, serverIds: readonly string[]): Promise<KnownCalls> {
  if (serverIds.length > MOST_SERVERS) {
    return {
      state: "unknown",
      why: vscode.l10n.t("Calls are shown for up to {0} servers at once.", MOST_SERVERS),
    };
  }
  const asked = await Promise.allSettled(
    serverIds.map((id) => usage.toolCalls({ kind: "server", id })),
  );
  const servers = asked.flatMap((result, index) => {
    const id = serverIds[index];
    if (id === undefined || result.status === "rejected") {
      return [];
    }
    const { value: calls } = result;
    return [{ id, week: callsInLast(7, calls), month: callsInLast(USAGE_DAYS, calls) }];
  });
  const failed = asked.find((result) => result.status === "rejected");
  return servers.length === 0 && failed !== undefined
    ? { state: "unknown", why: reasonInWords(failed.reason) }
    : { state: "known", servers };
}

function reasonInWords(error: unknown): string {
  if (isCancelled(error)) {
    return "";
  }
  if (isApiError(error) && error.kind === "forbidden") {
    return vscode.l10n.t(
      "The credential has no permission to read analytics, so calls aren't shown.",
    );
  }
  return vscode.l10n.t("Calls aren't shown. {0}", reasonOf(error));
}
