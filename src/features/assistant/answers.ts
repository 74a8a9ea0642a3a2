import * as vscode from "vscode";
import { jsonText } from "../../base/jsonText.ts";
import type { AssistantToolName } from "../../domain/assistant/toolNames.ts";
import { type Catalogue, catalogueOf } from "../../domain/catalogue/serverCatalogue.ts";
import type { Ref } from "../../domain/changes/change.ts";
import type { Finding } from "../../domain/checks/finding.ts";
import { ALL_CLIENTS } from "../../domain/clients/allClients.ts";
import { deliver } from "../../domain/clients/deliver.ts";
import { listEffectInWords, reasonInWords } from "../../domain/clients/reasonWords.ts";
import { exposedList } from "../../domain/portals/exposedList.ts";
import { PORTAL } from "../../domain/portals/portal.ts";
import { findAsked } from "../../domain/reach/findAsked.ts";
import { walkChain } from "../../domain/reach/walkChain.ts";
import { linkInWords, stateInWords } from "../../domain/reach/words.ts";
import { statusInWords } from "../../domain/servers/words.ts";
import { appendPlainText } from "../../editor/notifications.ts";
import { lookAround } from "../../engine/reach/explain.ts";
import { findPortal, findServer, type State } from "../../engine/state.ts";
import type { AppContext } from "../app.ts";
import { connectionInWords, costInWords } from "../display/index.ts";
import { findDocument } from "../documents/index.ts";
import { propose } from "./propose.ts";
import { findSubject, type Input, InputError, inputOf, subjectOf, textIn } from "./subject.ts";

const INDENTED_DEPTH = 6;
/** A model reads no more of a list than this. */
const MOST_ITEMS = 200;

/** What VS Code shows before it lets an assistant call a tool: what will be read, and of what. */
export function prepared(
  { store }: AppContext,
  name: AssistantToolName,
  given: unknown,
): vscode.PreparedToolInvocation {
  const title = titleOf(name);
  const words = messageOf(name, nameOf(store.state, inputOf(given)));
  const message = appendPlainText(new vscode.MarkdownString(), words);
  return { invocationMessage: title, confirmationMessages: { title, message } };
}

function titleOf(name: AssistantToolName): string {
  switch (name) {
    case "list":
      return vscode.l10n.t("List servers and portals");
    case "read":
      return vscode.l10n.t("Read a server or portal");
    case "problems":
      return vscode.l10n.t("Read problems");
    case "explain":
      return vscode.l10n.t("Explain what users don't see");
    case "clients":
      return vscode.l10n.t("Read what a client gets");
    case "costs":
      return vscode.l10n.t("Read context costs");
    case "propose":
      return vscode.l10n.t("Propose changes");
  }
}

function messageOf(name: AssistantToolName, of: string): string {
  switch (name) {
    case "list":
      return vscode.l10n.t(
        "The assistant reads the names, hosts and states of all servers and portals.",
      );
    case "read":
      return vscode.l10n.t("The assistant reads the settings, tools and overrides of {0}.", of);
    case "problems":
      return vscode.l10n.t("The assistant reads the problems of {0}.", of);
    case "explain":
      return vscode.l10n.t(
        "The assistant reads DNS records, Access applications and policies of {0} at Cloudflare.",
        of,
      );
    case "clients":
      return vscode.l10n.t(
        "The assistant reads the tools of {0}, and what a client does with them.",
        of,
      );
    case "costs":
      return vscode.l10n.t("The assistant reads what the definitions of {0} cost.", of);
    case "propose":
      return vscode.l10n.t(
        "The assistant opens changes of {0} as a diff. Nothing is saved before you save it.",
        of,
      );
  }
}

function nameOf(state: State, input: Input): string {
  const all = vscode.l10n.t("all servers and portals");
  try {
    const ref = findSubject(state, input);
    return ref === undefined ? all : (findDocument(state, ref)?.name ?? ref.id);
  } catch {
    return textIn(input, "portal") ?? textIn(input, "server") ?? all;
  }
}

/** What a tool answers a model. A call that can't be understood is answered in words, too. */
export async function answer(
  app: AppContext,
  name: AssistantToolName,
  given: unknown,
  token: vscode.CancellationToken,
): Promise<vscode.LanguageModelToolResult> {
  const input = inputOf(given);
  try {
    const value = await answerTo(app, name, input, token);
    const text = typeof value === "string" ? value : jsonText(value, INDENTED_DEPTH);
    return textResult(text);
  } catch (error) {
    if (error instanceof InputError) {
      return textResult(error.message);
    }
    throw error;
  }
}

function textResult(text: string): vscode.LanguageModelToolResult {
  return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
}

function answerTo(
  app: AppContext,
  name: AssistantToolName,
  input: Input,
  token: vscode.CancellationToken,
): unknown {
  const { state } = app.store;
  switch (name) {
    case "list":
      return listed(state);
    case "read":
      return read(state, input);
    case "problems":
      return problems(app, findSubject(state, input));
    case "explain":
      return explain(app, input, token);
    case "clients":
      return clients(state, input);
    case "costs":
      return costs(app, subjectOf(state, input));
    case "propose":
      return propose(app, subjectOf(state, input), input["changes"]);
  }
}

function listed({ accounts }: State): unknown {
  return [...accounts.values()].map(({ account, collections }) => ({
    account: account.name,
    servers: [...collections.server.items.values()].map(({ optimistic: server }) => {
      const { enabledCount, count } = catalogueOf(server);
      const { id, name } = server;
      return { id, name, status: statusInWords(server), enabled: enabledCount, of: count };
    }),
    portals: [...collections.portal.items.values()].map(({ optimistic: portal }) => {
      const { id, name, hostname, mappings } = portal;
      return { id, name, hostname, servers: [...mappings.keys()] };
    }),
  }));
}

function read(state: State, input: Input): unknown {
  const ref = subjectOf(state, input);
  const tool = textIn(input, "tool");
  if (tool === undefined) {
    return findDocument(state, ref)?.text ?? "";
  }
  const server = findServer(state, ref.accountId, ref.id)?.optimistic;
  const found = server && ref.kind !== PORTAL ? catalogueOf(server).find("tool", tool) : undefined;
  if (found === undefined) {
    throw new InputError(`The server has no tool ${JSON.stringify(tool)}.`);
  }
  return found.capability.source;
}

function problems({ store, findings }: AppContext, ref: Ref | undefined): unknown {
  const of = ({ accountId, kind, id }: Ref): readonly Finding[] =>
    kind === PORTAL
      ? findings.ofPortal({ accountId, portalId: id })
      : findings.of({ accountId, serverId: id });
  const all = ref === undefined ? allRefs(store.state) : [ref];
  const found = all.flatMap((each) =>
    of(each).map(({ rule, severity, message, subject, mapping }) => ({
      [each.kind]: each.id,
      rule,
      severity,
      message,
      ...(mapping === undefined ? {} : { mapping }),
      ...(subject === undefined ? {} : { [subject.kind]: subject.name }),
    })),
  );
  return { count: found.length, problems: found.slice(0, MOST_ITEMS) };
}

function allRefs({ accounts }: State): readonly Ref[] {
  return [...accounts].flatMap(([accountId, { collections }]) => [
    ...[...collections.portal.items.keys()].map((id) => ({ accountId, kind: PORTAL, id }) as const),
    ...[...collections.server.items.keys()].map(
      (id) => ({ accountId, kind: "server", id }) as const,
    ),
  ]);
}

async function explain(
  app: AppContext,
  input: Input,
  token: vscode.CancellationToken,
): Promise<unknown> {
  const { state } = app.store;
  const ref = subjectOf(state, input);
  const portal = findPortal(state, { accountId: ref.accountId, portalId: ref.id })?.optimistic;
  const session = app.sessions.get(ref.accountId);
  if (ref.kind !== PORTAL || portal === undefined || session === undefined) {
    throw new InputError("Give a portal.");
  }
  const serverOf = (id: string) => findServer(state, ref.accountId, id)?.optimistic;
  const target = textIn(input, "target");
  const asked = target === undefined ? {} : findAsked({ portal, serverOf }, target);
  if (asked === undefined) {
    throw new InputError(`The portal has nothing called ${JSON.stringify(target)}.`);
  }
  const client = ALL_CLIENTS.find(({ id }) => id === input["client"])?.id;
  const question = { ...asked, email: textIn(input, "email"), client };
  const ending = new AbortController();
  token.onCancellationRequested(() => ending.abort());
  const { signal } = ending;
  const surroundings = await lookAround(session.surroundings, portal, question, { signal });
  const { headline, links } = walkChain({ ...surroundings, portal, serverOf }, question);
  return {
    headline,
    links: links.map(({ id, state, found }) => ({
      link: linkInWords(id),
      state: stateInWords({ id, state }),
      found: found.slice(0, MOST_ITEMS).map(({ sentence }) => sentence),
    })),
  };
}

function clients(state: State, input: Input): unknown {
  const ref = subjectOf(state, input);
  const client = ALL_CLIENTS.find(({ id }) => id === input["client"]);
  if (client === undefined) {
    throw new InputError(`Give a client: ${ALL_CLIENTS.map(({ id }) => id).join(", ")}.`);
  }
  const { items, effects } = deliver(client, listOf(state, ref));
  const other = items.filter(({ effect }) => effect !== undefined && effect !== "deferred");
  return {
    client: client.name,
    asTheyAre: items.length - other.length,
    list: effects.map((effect) => listEffectInWords(client, effect)),
    others: other.slice(0, MOST_ITEMS).map(({ shown, effect, reasons }) => ({
      name: shown.exposedName,
      effect,
      reasons: reasons.map(reasonInWords),
    })),
  };
}

function listOf(state: State, { accountId, kind, id }: Ref): Catalogue["tools"] {
  if (kind === PORTAL) {
    const portal = findPortal(state, { accountId, portalId: id })?.optimistic;
    const serverOf = (serverId: string) => findServer(state, accountId, serverId)?.optimistic;
    return portal === undefined ? [] : exposedList(portal, serverOf);
  }
  const server = findServer(state, accountId, id)?.optimistic;
  const { tools = [], prompts = [] } = server === undefined ? {} : catalogueOf(server);
  return [...tools, ...prompts];
}

function costs(app: AppContext, { accountId, kind, id }: Ref): unknown {
  if (kind === PORTAL) {
    const byConnection = app.costs.byConnection({ accountId, portalId: id });
    return Object.fromEntries(
      [...byConnection].map(([connection, cost]) => [
        connectionInWords(connection),
        costInWords(cost),
      ]),
    );
  }
  const cost = app.costs.ofServer({ accountId, serverId: id });
  return cost === undefined ? "" : costInWords(cost);
}
