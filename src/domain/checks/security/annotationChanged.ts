import * as l10n from "@vscode/l10n";
import { listed } from "../../../base/text.ts";
import type { Server } from "../../servers/server.ts";
import { placeOf } from "../finding.ts";
import type { Accepted, AcceptedHints, AcceptedRule } from "../rule.ts";

/** Sources: MCP specification, which calls annotations untrusted; ContextForge #5697. */
export const annotationChanged: AcceptedRule = {
  of: "accepted",
  id: "security/annotation-changed",
  severity: "warning",
  fixes: ["disable"],
  command: "accept",
  *check(_server, { tools }, accepted) {
    for (const { capability, enabled, kind, name } of tools) {
      const before = enabled ? accepted.get(name) : undefined;
      const change = before && changeOf(before, hintsOf(capability.source));
      if (change === undefined) {
        continue;
      }
      const subject = { kind, name };
      yield { message: change, subject, path: placeOf(subject) };
    }
  },
};

function changeOf(before: AcceptedHints, now: AcceptedHints): string | undefined {
  const changes = [
    ...(before.readOnly === now.readOnly
      ? []
      : [changeInWords("readOnlyHint", before.readOnly, now.readOnly)]),
    ...(before.destructive === now.destructive
      ? []
      : [changeInWords("destructiveHint", before.destructive, now.destructive)]),
  ];
  return changes.length === 0
    ? undefined
    : l10n.t("The server's hints for this tool have changed: {0}.", listed(changes));
}

function changeInWords(
  annotation: string,
  before: boolean | undefined,
  now: boolean | undefined,
): string {
  return l10n.t("{0} was {1} and is {2}", annotation, word(before), word(now));
}

function word(hint: boolean | undefined): string {
  return hint === undefined ? l10n.t("not set") : String(hint);
}

export function hintsOf(source: Readonly<Record<string, unknown>>): AcceptedHints {
  return { readOnly: hint(source, "readOnlyHint"), destructive: hint(source, "destructiveHint") };
}

function hint(source: Readonly<Record<string, unknown>>, key: string): boolean | undefined {
  const annotations = source["annotations"];
  if (typeof annotations !== "object" || annotations === null) {
    return undefined;
  }
  const value: unknown = Reflect.get(annotations, key);
  return typeof value === "boolean" ? value : undefined;
}

/** The server's current hints, to be stored as accepted. */
export function acceptedOf(server: Server): Accepted {
  return new Map(server.tools.map(({ name, source }) => [name, hintsOf(source)]));
}
