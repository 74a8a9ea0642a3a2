import * as vscode from "vscode";
import { catalogueOf, type ExposedCapability } from "../../domain/catalogue/serverCatalogue.ts";
import { mappedCatalogueOf } from "../../domain/portals/exposure.ts";
import type { Server } from "../../domain/servers/server.ts";
import { capabilityParts, serverParts } from "../../domain/servers/words.ts";
import { escapeItem } from "../../editor/escape.ts";
import { flashStatus, notifyInformation } from "../../editor/notifications.ts";
import { type AccountState, findSync } from "../../engine/state.ts";
import type { LayeredTarget, ServerTarget } from "../../target.ts";
import type { AppContext } from "../app.ts";

export interface Choice<T> extends vscode.QuickPickItem {
  readonly target: T;
}

export interface PickOptions {
  readonly title: string;
  readonly many: boolean;
}

export interface PickServerOptions extends PickOptions {
  /** True for servers to offer; without it all are offered. */
  applies?(server: Server, target: ServerTarget): boolean;
  /** What matters of a server here; without it, what tells it from others. */
  inWords?(target: ServerTarget): string;
}

export interface PickCapabilityOptions extends PickOptions {
  /** True to offer tools and prompts of portals too, on whose layer the command acts there. */
  readonly inPortals?: boolean;
  /** True for capabilities to offer. */
  applies(capability: ExposedCapability): boolean;
}

/** Asks for servers of these accounts. Resolves with an empty list when it was dismissed. */
export function pickServers(
  app: AppContext,
  accountIds: readonly string[],
  { title, many, applies = () => true, inWords }: PickServerOptions,
): Promise<readonly ServerTarget[]> {
  const accounts = accountsOf(app, accountIds);
  const choices = accounts.flatMap(
    ({
      account,
      collections: {
        server: { items: servers },
      },
    }) =>
      [...servers.values()].flatMap(({ optimistic }): readonly Choice<ServerTarget>[] => {
        const target = { kind: "server", accountId: account.id, serverId: optimistic.id } as const;
        if (!applies(optimistic, target)) {
          return [];
        }
        const { phase } = findSync(app.store.state, account.id, optimistic.id);
        return [
          {
            label: optimistic.name,
            description: inWords?.(target) ?? serverParts(optimistic, phase).join(" · "),
            ...(accounts.length > 1 ? { detail: account.name } : {}),
            target,
          },
        ];
      }),
  );
  return pick(choices, title, many, vscode.l10n.t("There are no servers yet."));
}

/** Asks for tools and prompts of these accounts. Resolves with an empty list when it was dismissed. */
export function pickCapabilities(
  app: AppContext,
  accountIds: readonly string[],
  { title, many, applies, inPortals = false }: PickCapabilityOptions,
): Promise<readonly LayeredTarget[]> {
  const accounts = accountsOf(app, accountIds);
  const choicesOf = (isOffered: PickCapabilityOptions["applies"]) =>
    accounts.flatMap((account) => [
      ...capabilityChoices(account, isOffered, accounts.length > 1),
      ...(inPortals ? mappedChoices(account, isOffered, accounts.length > 1) : []),
    ]);
  const choices = choicesOf(applies);
  const hasAny = choices.length > 0 || choicesOf(() => true).length > 0;
  return pick(
    choices,
    title,
    many,
    hasAny
      ? vscode.l10n.t("There is no tool or prompt that this would change.")
      : vscode.l10n.t("No server has a tool or prompt yet. Sync one first."),
  );
}

function accountsOf(app: AppContext, ids: readonly string[]): readonly AccountState[] {
  return ids.flatMap((id) => app.store.state.accounts.get(id) ?? []);
}

function capabilityChoices(
  {
    account,
    collections: {
      server: { items: servers },
    },
  }: AccountState,
  applies: (capability: ExposedCapability) => boolean,
  isNamed: boolean,
): readonly Choice<LayeredTarget>[] {
  return [...servers.values()].flatMap(({ optimistic }) => {
    const { tools, prompts } = catalogueOf(optimistic);
    return [...tools, ...prompts].filter(applies).map((shown) => ({
      label: shown.label,
      description: [optimistic.name, ...capabilityParts(shown)].join(" · "),
      ...(isNamed ? { detail: account.name } : {}),
      target: {
        kind: shown.kind,
        accountId: account.id,
        serverId: optimistic.id,
        name: shown.name,
      },
    }));
  });
}

function mappedChoices(
  { account, collections: { server, portal } }: AccountState,
  applies: (capability: ExposedCapability) => boolean,
  isNamed: boolean,
): readonly Choice<LayeredTarget>[] {
  return [...portal.items.values()].flatMap(({ optimistic: { id: portalId, name, mappings } }) =>
    [...mappings.values()].flatMap((mapping) => {
      const { serverId } = mapping;
      const mapped = server.items.get(serverId)?.optimistic ?? mapping.server;
      if (mapped === undefined) {
        return [];
      }
      const { tools, prompts } = mappedCatalogueOf(mapping, mapped);
      return [...tools, ...prompts].filter(applies).map((shown) => ({
        label: shown.label,
        description: [name, mapped.name, ...capabilityParts(shown)].join(" · "),
        ...(isNamed ? { detail: account.name } : {}),
        target: {
          kind: shown.kind,
          accountId: account.id,
          portalId,
          serverId,
          name: shown.name,
        },
      }));
    }),
  );
}

export async function pick<T>(
  choices: readonly Choice<T>[],
  title: string,
  many: boolean,
  none: string,
): Promise<readonly T[]> {
  if (choices.length === 0) {
    void notifyInformation(none);
    return [];
  }
  const entries = choices.map(escapeItem);
  const options = { title, matchOnDescription: true, matchOnDetail: true };
  if (!many) {
    const picked = await vscode.window.showQuickPick(entries, options);
    return picked === undefined ? [] : [picked.target];
  }
  return (await pickMany(entries, options)).map(({ target }) => target);
}

/**
 * The ticked entries. Enter without a tick does nothing, as everywhere in VS Code, but a message
 * says so.
 */
export async function pickMany<Entry extends vscode.QuickPickItem>(
  entries: readonly Entry[],
  options: vscode.QuickPickOptions,
): Promise<readonly Entry[]> {
  const picked = await vscode.window.showQuickPick(entries, { ...options, canPickMany: true });
  if (picked?.length === 0) {
    flashStatus(vscode.l10n.t("Nothing was ticked, so nothing was done."));
  }
  return picked ?? [];
}
