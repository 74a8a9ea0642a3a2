import { isRecord } from "../../base/json.ts";
import type { Ref } from "../../domain/changes/change.ts";
import { PORTAL } from "../../domain/portals/portal.ts";
import { portalRef } from "../../domain/portals/portalKind.ts";
import { SERVER } from "../../domain/servers/server.ts";
import { serverRef } from "../../domain/servers/serverKind.ts";
import type { State } from "../../engine/state.ts";

/** What a model sent, which may be anything. */
export type Input = Readonly<Record<string, unknown>>;

/** A sentence for the model, which can mend its call by it. */
export class InputError extends Error {}

export function inputOf(value: unknown): Input {
  return isRecord(value) ? value : {};
}

export function textIn(input: Input, key: string): string | undefined {
  const value = input[key];
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}

/** The server or portal that the input names. Throws an InputError where there isn't exactly one. */
export function subjectOf(state: State, input: Input): Ref {
  const found = findSubject(state, input);
  if (found === undefined) {
    throw new InputError("Give the id or name of a server or of a portal.");
  }
  return found;
}

/** The same, or undefined where the input names none. */
export function findSubject(state: State, input: Input): Ref | undefined {
  const portal = textIn(input, "portal");
  const server = textIn(input, "server");
  if (portal !== undefined && server !== undefined) {
    throw new InputError("Give a server or a portal, not both.");
  }
  const text = portal ?? server;
  return text === undefined
    ? undefined
    : onlyOne(namedIn(state, portal === undefined ? SERVER : PORTAL, text), text);
}

function onlyOne(found: readonly Ref[], text: string): Ref {
  const [first, second] = found;
  if (first === undefined) {
    throw new InputError(`Nothing is called ${JSON.stringify(text)}. Call mcpPortals_list.`);
  }
  if (second !== undefined) {
    const ids = found.map(({ id }) => id).join(", ");
    throw new InputError(`Several are called ${JSON.stringify(text)}. Give the id: ${ids}.`);
  }
  return first;
}

/** By id, or else by name. */
function namedIn({ accounts }: State, kind: Ref["kind"], text: string): readonly Ref[] {
  const all = [...accounts].flatMap(([accountId, { collections }]) =>
    kind === PORTAL
      ? [...collections.portal.items].map(
          ([id, { optimistic }]) => [portalRef(accountId, id), optimistic.name] as const,
        )
      : [...collections.server.items].map(
          ([id, { optimistic }]) => [serverRef(accountId, id), optimistic.name] as const,
        ),
  );
  const byId = all.filter(([{ id }]) => id === text);
  const wanted = text.toLowerCase();
  const found = byId.length > 0 ? byId : all.filter(([, name]) => name.toLowerCase() === wanted);
  return found.map(([ref]) => ref);
}
