import * as l10n from "@vscode/l10n";
import { isRecord, sameJson } from "../../base/json.ts";
import { compareText, shorten } from "../../base/text.ts";
import { appOfServer } from "../access/accessApp.ts";
import { clientOf } from "../clients/allClients.ts";
import { type Delivered, deliver, deliveredDefinition } from "../clients/deliver.ts";
import { reasonInWords } from "../clients/reasonWords.ts";
import { type Connection, connectionsOf } from "../portals/endpoint.ts";
import { exposedList } from "../portals/exposedList.ts";
import { type MappedCapability, mappedCatalogueOf } from "../portals/exposure.ts";
import type { Found, LinkId, ReachFacts } from "../reach/chain.ts";
import { walkChain } from "../reach/walkChain.ts";
import {
  findPrefix,
  isOwnTool,
  LISTED_TOOLS,
  type LiveTool,
  liveName,
  toolsBehind,
} from "./liveTools.ts";

/** The worst first. */
export const LIVE_STATES = ["missing", "unexpected", "differs", "expected"] as const;
export type LiveState = (typeof LIVE_STATES)[number];

/** A tool of a server in the portal, by the upstream's name. */
export interface LiveSubject {
  readonly serverId: string;
  readonly name: string;
}

/** One tool as VS Code should have it, or has it. */
export interface LiveItem {
  readonly state: LiveState;
  /** As the portal exposes it, or as VS Code calls it without its prefix. Untrusted. */
  readonly name: string;
  /** What VS Code calls it; undefined where it doesn't have it. */
  readonly liveName: string | undefined;
  /** Undefined for a tool of the portal itself, and for one that nothing here is called. */
  readonly subject: LiveSubject | undefined;
  /** Why, in one sentence; empty where there is nothing to say. */
  readonly why: string;
}

export interface LiveComparison {
  readonly connection: Connection;
  /** The worst first, and by name. */
  readonly items: readonly LiveItem[];
  readonly counts: Readonly<Record<LiveState, number>>;
}

/** A portal as it is known, and how VS Code is connected to it. */
export interface ConnectedTo {
  readonly facts: ReachFacts;
  /** The portal's name in VS Code. */
  readonly label: string;
  readonly connection: Connection;
  /** A service token signs in, and not a person. */
  readonly byToken: boolean;
}

/**
 * Holds the tools that VS Code really has against what it should have. Undefined where VS Code has
 * none of the portal.
 * @param live all of VS Code's tools, whoever they are of
 */
export function compareLive(
  to: ConnectedTo,
  live: readonly LiveTool[],
): LiveComparison | undefined {
  const place = placeOf(to, live);
  if (place === undefined) {
    return undefined;
  }
  const { connection } = place;
  const own = LISTED_TOOLS[connection].map((name) => ownItem(place, name));
  const tools = LISTS_TOOLS.has(connection)
    ? place.delivered.map((each) => itemOf(place, each))
    : [];
  const known = new Set([...own, ...tools].flatMap(({ liveName: name }) => name ?? []));
  const others = [...place.byName.values()]
    .filter(({ name }) => !known.has(name))
    .map((tool) => unexpectedItem(place, tool));
  const items = [...own, ...tools, ...others].sort(
    (one, other) =>
      LIVE_STATES.indexOf(one.state) - LIVE_STATES.indexOf(other.state) ||
      compareText(one.name, other.name),
  );
  const count = (state: LiveState) => items.filter((item) => item.state === state).length;
  return {
    connection,
    items,
    counts: {
      missing: count("missing"),
      unexpected: count("unexpected"),
      differs: count("differs"),
      expected: count("expected"),
    },
  };
}

/** Tools of one state that have the same reason. */
export interface LiveReason {
  /** Empty where there is nothing to say of them. */
  readonly why: string;
  /** By name. */
  readonly items: readonly LiveItem[];
}

/**
 * What explains the tools of a state: first what explains most of them, last those of which there is
 * nothing to say.
 */
export function reasonsOf({ items }: LiveComparison, state: LiveState): readonly LiveReason[] {
  const inState = items.filter((item) => item.state === state);
  return [...Map.groupBy(inState, ({ why }) => why)]
    .map(([why, explained]) => ({ why, items: explained }))
    .sort(
      (one, other) =>
        Number(one.why === "") - Number(other.why === "") ||
        other.items.length - one.items.length ||
        compareText(one.why, other.why),
    );
}

/** What VS Code calls a tool of a portal to which it is connected. Undefined where it lacks it. */
export function findLive(
  to: Pick<ConnectedTo, "facts" | "label">,
  { serverId, name }: LiveSubject,
  live: readonly LiveTool[],
): LiveTool | undefined {
  const { portal, serverOf } = to.facts;
  const list = exposedList(portal, serverOf);
  const prefix = findPrefix(live, namesOf(list), to.label);
  const mapping = portal.mappings.get(serverId);
  const server = mapping && (serverOf(serverId) ?? mapping.server);
  const shown = mapping && server && mappedCatalogueOf(mapping, server).find("tool", name);
  if (prefix === undefined || shown === undefined) {
    return undefined;
  }
  const wanted = liveName(prefix, shown.exposedName);
  return toolsBehind(prefix, live).find((tool) => tool.name === wanted);
}

/** The ways in which the portal lists each tool. */
const LISTS_TOOLS: ReadonlySet<Connection> = new Set(["allTools", "minimizeTools"]);

/** All that a comparison looks up. */
interface Place extends ConnectedTo {
  readonly prefix: string;
  readonly byName: ReadonlyMap<string, LiveTool>;
  readonly delivered: readonly Delivered[];
  readonly shown: readonly Offered[];
  readonly serverOfShown: ReadonlyMap<unknown, string>;
  readonly serverIds: ReadonlySet<string>;
}

interface Offered {
  readonly serverId: string;
  readonly shown: MappedCapability;
}

function placeOf(to: ConnectedTo, live: readonly LiveTool[]): Place | undefined {
  const { portal, serverOf } = to.facts;
  const list = exposedList(portal, serverOf);
  const prefix = findPrefix(live, namesOf(list), to.label);
  if (prefix === undefined) {
    return undefined;
  }
  const shown = [...portal.mappings.values()].flatMap((mapping): readonly Offered[] => {
    const { serverId } = mapping;
    const server = serverOf(serverId) ?? mapping.server;
    const tools = server === undefined ? [] : mappedCatalogueOf(mapping, server).tools;
    return tools.map((tool) => ({ serverId, shown: tool }));
  });
  return {
    ...to,
    connection: connectionIn(to),
    prefix,
    byName: new Map(toolsBehind(prefix, live).map((tool) => [tool.name, tool])),
    delivered: deliver(clientOf("vscode"), list, to.label).items.filter(
      ({ shown: { kind } }) => kind === "tool",
    ),
    shown,
    serverOfShown: new Map(shown.map((each) => [each.shown, each.serverId])),
    serverIds: new Set(portal.mappings.keys()),
  };
}

/** The portal's policy of Code Mode may have changed since VS Code was connected. */
function connectionIn({ facts: { portal }, connection }: ConnectedTo): Connection {
  const possible = connectionsOf(portal);
  return possible.includes(connection) ? connection : (possible[0] ?? connection);
}

function namesOf(list: readonly MappedCapability[]): readonly string[] {
  return list.flatMap(({ kind, enabled, exposedName }) =>
    kind === "tool" && enabled ? exposedName : [],
  );
}

function ownItem({ prefix, byName }: Place, name: string): LiveItem {
  const found = byName.get(liveName(prefix, name));
  return {
    state: found === undefined ? "missing" : "expected",
    name,
    liveName: found?.name,
    subject: undefined,
    why:
      found === undefined
        ? l10n.t("The portal has this tool for clients that connect this way. Reconnect VS Code.")
        : ownWords(),
  };
}

function ownWords(): string {
  return l10n.t({
    message: "The portal's own",
    args: [],
    comment: ["Said of tools that no server brings, but the portal itself"],
  });
}

function itemOf(place: Place, delivered: Delivered): LiveItem {
  const { shown, effect, reasons } = delivered;
  const serverId = place.serverOfShown.get(shown);
  const subject = serverId === undefined ? undefined : { serverId, name: shown.name };
  // A tool that VS Code calls the same as an earlier one isn't that one.
  const isSecond = reasons.some(({ rule }) => rule.match.of === "sameName");
  const found = isSecond ? undefined : place.byName.get(liveName(place.prefix, shown.exposedName));
  const about = { name: shown.exposedName, liveName: found?.name, subject };
  if (effect === "dropped") {
    return found === undefined
      ? { ...about, state: "expected", why: droppedWords(delivered) }
      : { ...about, state: "unexpected", why: keptWords(delivered) };
  }
  if (found === undefined) {
    return { ...about, state: "missing", why: missingWords(place, subject) };
  }
  const why =
    place.connection === "allTools" ? differenceWords(place, delivered, found, subject) : "";
  return { ...about, state: why === "" ? "expected" : "differs", why };
}

function droppedWords({ reasons }: Delivered): string {
  const reason = reasons.find(({ rule }) => rule.effect === "dropped");
  return reason === undefined
    ? l10n.t("VS Code leaves it out, as foreseen.")
    : l10n.t("VS Code leaves it out, as foreseen. {0}", reasonInWords(reason));
}

function keptWords({ reasons }: Delivered): string {
  const reason = reasons.find(({ rule }) => rule.effect === "dropped");
  return reason === undefined
    ? l10n.t("VS Code takes it although it was foreseen to leave it out.")
    : l10n.t(
        "VS Code takes it although it was foreseen to leave it out. {0}",
        reasonInWords(reason),
      );
}

/** The links that can hide a tool of a portal to which VS Code is connected. */
const HIDING: ReadonlySet<LinkId> = new Set(["serverApp", "status", "toolOn", "serviceToken"]);

/** Stands for a token of which only the client id is known, by which no policy names it. */
const SOME_TOKEN = "";

function missingWords(place: Place, subject: LiveSubject | undefined): string {
  const { facts, byToken } = place;
  const unexplained = unexplainedWords(place);
  if (subject === undefined) {
    return unexplained;
  }
  const { serverId, name } = subject;
  const { links } = walkChain(facts, {
    serverId,
    tool: { kind: "tool", name },
    serviceToken: byToken ? SOME_TOKEN : undefined,
  });
  const found = links
    .filter(({ id }) => HIDING.has(id) && (id !== "serviceToken" || byToken))
    .flatMap((link) => link.found.map((each) => ({ link: link.id, each })))
    .filter(({ link, each }) => link !== "serviceToken" || isSure(facts, serverId, each))
    .map(({ each }) => each);
  const told =
    found.find(({ state }) => state === "broken") ?? found.find(({ state }) => state === "unknown");
  return told?.sentence ?? unexplained;
}

/** The faults for which VS Code's JSON service refuses a schema. */
const FOUND_BY_SERVICE: ReadonlySet<string> = new Set(["inputNotObject", "illegalValue"]);

/**
 * VS Code 1.110 and 1.139 have their JSON service check each schema under a name that is made of the time in
 * milliseconds. Of two in the same millisecond, one may get what was found in the other.
 */
function unexplainedWords({ delivered }: Place): string {
  const invalid = delivered.find(({ reasons }) =>
    reasons.some(
      ({ rule: { effect, match } }) =>
        effect === "dropped" && match.of === "construct" && FOUND_BY_SERVICE.has(match.kind),
    ),
  );
  return invalid === undefined
    ? l10n.t(
        "Nothing that can be looked at explains it. Reconnect VS Code, and see whether this server is turned off for you there.",
      )
    : l10n.t(
        "VS Code may have taken its schema for that of {0}, which isn't valid and arrives with it. Reconnect VS Code, and see whether this server is turned off for you there.",
        shorten(invalid.shown.exposedName, MOST_NAME),
      );
}

/** A policy may name the very token, whose id isn't known. */
function isSure({ apps }: ReachFacts, serverId: string, { action }: Found): boolean {
  if (action?.kind === "useAdminCredential") {
    return true;
  }
  const app = apps.kind === "read" ? appOfServer(apps.value, serverId) : undefined;
  return (
    action?.kind === "openServer" &&
    app?.policies?.some(({ decision }) => decision === "non_identity" || decision === "bypass") ===
      false
  );
}

/** Empty where the tool is as the portal exposes it. */
function differenceWords(
  { facts, shown: all }: Place,
  delivered: Delivered,
  live: LiveTool,
  subject: LiveSubject | undefined,
): string {
  const hasDescription = sameDescription(delivered, live);
  const hasSchema = sameSchema(delivered, live);
  if (hasDescription && hasSchema) {
    return "";
  }
  const server = nameOf(facts, subject?.serverId ?? "");
  if (!hasSchema) {
    return hasDescription
      ? l10n.t("Its parameters are others: what was synced is old. Sync {0}.", server)
      : l10n.t(
          "Its description and parameters are others: what was synced is old. Sync {0}.",
          server,
        );
  }
  const own = all.find(({ shown }) => shown === delivered.shown)?.shown;
  const { from } = delivered.shown.resolved.description;
  const isEarlier =
    from !== "upstream" ||
    (own !== undefined && live.description === (own.capability.description ?? ""));
  return isEarlier
    ? l10n.t(
        "Its description is another one: VS Code connected before that changed. Reconnect VS Code.",
      )
    : l10n.t(
        "Its description is another one: what was synced is old, or VS Code connected before that changed. Sync {0}, then reconnect VS Code.",
        server,
      );
}

/** Some versions write this for a tool without one. */
const NO_DESCRIPTION: ReadonlySet<string> = new Set(["", "<empty>"]);

function sameDescription({ shown: { description = "" } }: Delivered, live: LiveTool): boolean {
  return (
    description === live.description ||
    (NO_DESCRIPTION.has(description) && NO_DESCRIPTION.has(live.description))
  );
}

/** As it is exposed, as models get it, or with the list of properties that some versions add. */
function sameSchema(delivered: Delivered, { inputSchema: live }: LiveTool): boolean {
  const exposed = delivered.shown.capability.source["inputSchema"];
  if (sameJson(exposed, live)) {
    return true;
  }
  const added =
    isRecord(exposed) && !exposed["properties"] ? { ...exposed, properties: {} } : exposed;
  return sameJson(added, live) || sameJson(deliveredDefinition(delivered).inputSchema, live);
}

function unexpectedItem(place: Place, { name: live }: LiveTool): LiveItem {
  const { prefix, facts, shown, serverIds } = place;
  const rest = live.slice(prefix.length);
  const item = (state: LiveState, subject: LiveSubject | undefined, why: string): LiveItem => ({
    state,
    name: rest,
    liveName: live,
    subject,
    why,
  });
  if (isOwnTool(rest, serverIds)) {
    return item("expected", undefined, ownWords());
  }
  const exact = shown.find(({ shown: { exposedName } }) => liveName(prefix, exposedName) === live);
  const older = exact ?? shown.find((each) => isOlderName(prefix, each, live));
  if (older !== undefined) {
    const subject = { serverId: older.serverId, name: older.shown.name };
    return item("unexpected", subject, laterWords(place, older, exact !== undefined));
  }
  const serverId = [...serverIds].find((id) => rest.startsWith(`${id}_`));
  return item(
    "unexpected",
    undefined,
    serverId === undefined
      ? l10n.t(
          "No server of {0} is called so. Another MCP server may begin alike.",
          facts.portal.name,
        )
      : l10n.t("{0} doesn't have it as last synced. Sync it.", nameOf(facts, serverId)),
  );
}

/** By the name that it has without the portal's layer, or upstream. */
function isOlderName(prefix: string, { serverId, shown }: Offered, live: string): boolean {
  return [shown.onServer.exposedName, `${serverId}_${shown.name}`].some(
    (name) => liveName(prefix, name) === live,
  );
}

function laterWords({ facts, connection }: Place, { shown }: Offered, isExact: boolean): string {
  if (!shown.enabled) {
    return l10n.t(
      "It is off in {0}. VS Code connected before that: reconnect it.",
      facts.portal.name,
    );
  }
  if (isExact && !LISTS_TOOLS.has(connection)) {
    return l10n.t("This way of connecting lists no tools of servers. Reconnect VS Code.");
  }
  return l10n.t(
    "It is called {0} now. VS Code connected before that: reconnect it.",
    shorten(shown.exposedName, MOST_NAME),
  );
}

const MOST_NAME = 160;

function nameOf({ portal, serverOf }: ReachFacts, serverId: string): string {
  return (serverOf(serverId) ?? portal.mappings.get(serverId)?.server)?.name ?? serverId;
}
