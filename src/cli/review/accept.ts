import * as l10n from "@vscode/l10n";
import { about, listed } from "../../base/text.ts";
import { accept as acceptInto, type Baseline } from "../../domain/review/baseline.ts";
import { acceptancesOf, changesOf } from "../../domain/review/changes.ts";
import type { AcceptedServer } from "../../domain/review/lockFile.ts";
import { changesInWords } from "../../domain/review/words.ts";
import type { Server } from "../../domain/servers/server.ts";
import { update, type Writer } from "../apply/applyAction.ts";
import { locksOf } from "../apply/machine.ts";
import type { ExitStatus, Invocation } from "../command.ts";
import { heldChanges } from "./heldTools.ts";
import { keepAccepted, readServers } from "./reviewedServers.ts";

const NOTHING: Baseline = { tools: new Map(), prompts: new Map(), reviewed: false, at: "" };

interface AcceptedNow {
  readonly id: string;
  readonly words: string;
  /** Tools that are on again. */
  readonly enabled: readonly string[];
  readonly problems: readonly string[];
  readonly accepted: AcceptedServer;
}

/** Takes the account's definitions into the lock file, and turns on again what was held. */
export async function accept(call: Invocation): Promise<ExitStatus> {
  const { folder, remote, lock, servers } = await readServers(call);
  const writer = {
    api: remote.api,
    locks: locksOf(remote.id, call.environment),
    credentials: new Map<string, string>(),
  };
  const all: AcceptedNow[] = [];
  for (const server of servers) {
    const accepted = await acceptServer(writer, server, lock.accepted.get(server.id));
    all.push(...(accepted === undefined ? [] : [accepted]));
  }
  await keepAccepted(folder, lock, new Map(all.map(({ id, accepted }) => [id, accepted])));
  tell(call, all);
  return all.some(({ problems }) => problems.length > 0) ? 1 : 0;
}

/** Undefined where there is nothing to accept. */
async function acceptServer(
  writer: Writer,
  server: Server,
  before: AcceptedServer | undefined,
): Promise<AcceptedNow | undefined> {
  const { id } = server;
  const held = before?.held ?? [];
  const changes = changesOf(before ?? NOTHING, server);
  if (changes.length + held.length === 0 && (before === undefined || before.reviewed)) {
    return undefined;
  }
  const enabled = heldChanges(server, held);
  const { problems } =
    enabled.length === 0
      ? { problems: [] }
      : await update(writer, { kind: "server", id, path: id }, enabled);
  const isDone = problems.length === 0;
  const at = new Date().toISOString();
  return {
    id,
    words: changes.length === 0 ? l10n.t("accepted as it is") : changesInWords(changes),
    enabled: isDone ? enabled.map(({ field }) => field.of?.name ?? "") : [],
    problems,
    accepted: {
      ...acceptInto(before ?? NOTHING, acceptancesOf(changes), at),
      held: isDone ? [] : held,
    },
  };
}

function tell({ output, isJson }: Invocation, all: readonly AcceptedNow[]): void {
  for (const problem of all.flatMap(({ problems }) => problems)) {
    output.error(problem);
  }
  if (isJson) {
    output.line(JSON.stringify({ accepted: all.map(({ id, enabled }) => ({ id, enabled })) }));
    return;
  }
  for (const { id, words, enabled } of all) {
    const parts = [words, ...(enabled.length === 0 ? [] : [turnedOn(enabled)])];
    output.line(about(id, listed(parts)));
  }
  if (all.length === 0) {
    output.line(l10n.t("Everything is accepted already."));
  }
}

function turnedOn(names: readonly string[]): string {
  return l10n.t("turned on again: {0}", listed(names));
}
