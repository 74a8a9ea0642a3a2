import * as vscode from "vscode";
import type { Audience } from "../../domain/access/audience.ts";
import { type NewAccessApp, serverApp } from "../../domain/access/newAccess.ts";
import { portalRecord } from "../../domain/access/newDnsRecord.ts";
import { isCancelled } from "../../domain/apiError.ts";
import { type ClientId, clientsIn } from "../../domain/clients/clientIds.ts";
import type { Portal } from "../../domain/portals/portal.ts";
import type { Found, Looked, Missing, ReachAction } from "../../domain/reach/chain.ts";
import { type Creation, portalAppFor } from "../../domain/reach/creation.ts";
import { previewOf } from "../../domain/reach/creationPreview.ts";
import { unread } from "../../domain/reach/words.ts";
import { confirm, flashStatus, notifyWarning, showProgress } from "../../editor/notifications.ts";
import { readSetting } from "../../editor/settings.ts";
import { type CreationOutcome, create } from "../../engine/reach/create.ts";
import { readDns } from "../../engine/reach/look.ts";
import type { Session } from "../../engine/session.ts";
import { findPortal, findServer } from "../../engine/state.ts";
import type { ReachSubject } from "../../pages/reach/protocol.ts";
import type { AppContext } from "../app.ts";
import { act, isOutside } from "./actions.ts";
import { actionInWords } from "./shownChain.ts";

interface Place {
  readonly app: AppContext;
  readonly subject: ReachSubject;
  readonly session: Session;
  readonly portal: Portal;
  /** The page of the dashboard that serves as well. */
  readonly dashboard: ReachAction | undefined;
}

/**
 * Creates what a link lacks, once a person has seen all of it and confirmed. Tells how it ended.
 * @returns whether it is worth looking again
 */
export async function createMissing(
  app: AppContext,
  subject: ReachSubject,
  { missing, action }: Found,
): Promise<boolean> {
  const session = app.sessions.get(subject.accountId);
  const portal = findPortal(app.store.state, subject)?.optimistic;
  if (missing === undefined || session === undefined || portal === undefined) {
    return false;
  }
  const place = { app, subject, session, portal, dashboard: action };
  try {
    const planned = await plan(place, missing);
    if (planned === "changed" || planned === undefined) {
      return planned !== undefined;
    }
    return await confirmAndCreate(place, planned);
  } catch (error) {
    if (isCancelled(error)) {
      return false;
    }
    throw error;
  }
}

/**
 * Undefined where nothing is to be created: a question was dismissed, or a message says why. `changed`:
 * the link isn't as it was shown.
 */
async function plan(place: Place, missing: Missing): Promise<Creation | "changed" | undefined> {
  const { app, portal, subject } = place;
  switch (missing.kind) {
    case "dnsRecord":
      return planRecord(place);
    case "portalApp":
      return planApp(place, portalAppFor(portal, clients()));
    case "serverApp": {
      const { serverId: id } = missing;
      const server = findServer(app.store.state, subject.accountId, id)?.optimistic;
      const name = server?.name ?? portal.mappings.get(id)?.server?.name ?? id;
      return planApp(place, serverApp({ id, name }));
    }
    case "policy": {
      const title = vscode.l10n.t("Create a policy for {0}", missing.app.name);
      const audience = await askAudience(place, title);
      return audience && { kind: "policy", app: missing.app, audience };
    }
  }
}

/** Looks for the zone, in which nobody may have made the record meanwhile. */
async function planRecord(place: Place): Promise<Creation | "changed" | undefined> {
  const { hostname } = place.portal;
  const dns = await readDns(place.session.surroundings, hostname, {});
  if (dns.kind !== "read") {
    await tellFailure(place, notCreated("dnsRecord"), dns);
    return undefined;
  }
  const { zone, records } = dns.value;
  if (zone === undefined || records.length > 0) {
    return "changed";
  }
  return { kind: "dnsRecord", zone, record: portalRecord(hostname) };
}

async function planApp(place: Place, app: NewAccessApp): Promise<Creation | undefined> {
  const title = vscode.l10n.t("Create an Access application for {0}", app.name);
  const audience = await askAudience(place, title);
  return audience && { kind: "app", app, audience };
}

async function askAudience({ session }: Place, title: string): Promise<Audience | undefined> {
  const asking = await import("./askAudience.ts");
  return asking.askAudience(session.surroundings, title);
}

function clients(): ReadonlySet<ClientId> {
  return clientsIn(readSetting("checksClients"));
}

async function confirmAndCreate(place: Place, creation: Creation): Promise<boolean> {
  const { question, detail } = previewOf(creation, clients());
  const yes = vscode.l10n.t("Create");
  if ((await confirm(question, detail, yes)) !== yes) {
    return false;
  }
  const outcome = await showProgress(vscode.l10n.t("Creating…"), () =>
    create(place.session.surroundings, creation),
  );
  void tell(place, creation, outcome);
  return true;
}

function created(kind: Creation["kind"]): string {
  switch (kind) {
    case "dnsRecord":
      return vscode.l10n.t("The DNS record was created.");
    case "app":
      return vscode.l10n.t("The Access application was created.");
    case "policy":
      return vscode.l10n.t("The policy was created.");
  }
}

function notCreated(kind: Creation["kind"]): string {
  switch (kind) {
    case "dnsRecord":
      return vscode.l10n.t("The DNS record couldn't be created.");
    case "app":
      return vscode.l10n.t("The Access application couldn't be created.");
    case "policy":
      return vscode.l10n.t("The policy couldn't be created.");
  }
}

async function tell(place: Place, creation: Creation, outcome: CreationOutcome): Promise<void> {
  switch (outcome.kind) {
    case "created":
      return flashStatus(created(creation.kind));
    case "exists":
      return flashStatus(vscode.l10n.t("It is there already, so nothing was created."));
    case "failed":
      return tellFailure(
        place,
        outcome.isHalf
          ? vscode.l10n.t(
              "The Access application was created, its policy wasn't. Nobody gets in until it has one.",
            )
          : notCreated(creation.kind),
        outcome.why,
      );
  }
}

/** Says why, and offers the page of the dashboard on which it can be done. */
async function tellFailure(
  { subject, dashboard }: Place,
  what: string,
  why: Exclude<Looked<unknown>, { kind: "read" }>,
): Promise<void> {
  const text = `${what} ${unread(why).sentence}`;
  if (dashboard === undefined || !isOutside(dashboard)) {
    await notifyWarning(text);
    return;
  }
  const open = actionInWords(dashboard);
  if ((await notifyWarning(text, open)) === open) {
    await act(subject, dashboard);
  }
}
