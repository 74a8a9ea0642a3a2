import * as l10n from "@vscode/l10n";
import { getLocation } from "jsonc-parser";
import { resolve, serverLayer } from "../catalogue/layers.ts";
import type { FieldChange } from "../changes/change.ts";
import type { DocumentProblem } from "../documents/problem.ts";
import type { ResourceDocument } from "../documents/resourceDocument.ts";
import type { AccountResources } from "../files/accountDocuments.ts";
import { portalDocumentIn } from "../files/accountDocuments.ts";
import { FileDocument } from "../files/fileDocument.ts";
import { blankPortal } from "../files/newResources.ts";
import { type ResourceFile, wholeFile } from "../files/resourceFile.ts";
import { PORTAL_FIELDS, portalField } from "../portals/fields.ts";
import { cloneOf, portalIdProblem } from "../portals/newPortal.ts";
import type { NewPortal, Portal } from "../portals/portal.ts";
import { type ChangesOptions, fileChanges, fileProblems, updateOf } from "./fileChanges.ts";
import type { CreateAction, UpdateAction } from "./plan.ts";

/** What a portal's file is looked at with. */
export interface PortalAround {
  readonly account: AccountResources;
  /** Ids of servers that are to be made. */
  readonly planned: readonly string[];
}

function documentOf(portal: Portal, { account, planned }: PortalAround): ResourceDocument {
  return portalDocumentIn(portal, account, planned);
}

function fileOf(portal: Portal, around: PortalAround): FileDocument {
  return new FileDocument("portal", documentOf(portal, around), new Map());
}

/** What is wrong with a portal's file, as the account is. */
export function portalProblems(
  file: ResourceFile,
  around: PortalAround,
): readonly DocumentProblem[] {
  const { servers, portals } = around.account;
  const portal = portals.get(file.id);
  const hostname = textIn(file, "hostname");
  const document = fileOf(portal ?? blankPortal(file.id, hostname ?? ""), around);
  // Nothing is known yet of the tools of a server that is to be made.
  const isKnowable = ({ code, span }: DocumentProblem): boolean => {
    const [, serverId, section] = getLocation(file.text, span.offset).path;
    return (
      code !== "document/unknown-name" || section === undefined || servers.has(String(serverId))
    );
  };
  return [
    ...(portal === undefined ? newProblems(file, hostname) : []),
    ...fileProblems(document, file).filter(isKnowable),
  ];
}

function newProblems(file: ResourceFile, hostname: string | undefined): readonly DocumentProblem[] {
  const id = portalIdProblem(file.id, new Set());
  const missing = [
    ...(textIn(file, "name") === undefined ? ["name"] : []),
    ...(hostname === undefined ? ["hostname"] : []),
  ].map((key) =>
    l10n.t("The account has no portal {0} yet, and to make it {1} is needed.", file.id, key),
  );
  return [
    ...(id === undefined ? [] : [wholeFile("document/value", id)]),
    ...missing.map((message) => wholeFile("document/missing", message)),
  ];
}

function textIn({ content }: ResourceFile, key: string): string | undefined {
  const value = content.values.get(key)?.value;
  return typeof value === "string" ? value : undefined;
}

/** Undefined where nothing has to change. The file has to be without problems. */
export function planPortal(
  file: ResourceFile,
  around: PortalAround,
  options: ChangesOptions,
): CreateAction | UpdateAction | undefined {
  const { path, id } = file;
  const subject = { kind: "portal", id, path } as const;
  const portal = around.account.portals.get(id);
  if (portal === undefined) {
    const body = { kind: "portal", portal: bodyOf(newPortalOf(file, around)) } as const;
    return { ...subject, action: "create", file, body, before: "", after: file.text };
  }
  return updateOf({
    subject,
    file,
    found: fileChanges(documentOf(portal, around), file, options),
    isMeant: (change) => !isOffBelow(change, around),
    before: fileOf(portal, around).text,
    after: (changes) => fileOf(PORTAL_FIELDS.set(portal, changes), around).text,
  });
}

/**
 * True for what is off because its server has it off: no write to a portal turns that on, and it is on
 * again with the server.
 */
function isOffBelow({ field, to }: FieldChange, { account }: PortalAround): boolean {
  const read = portalField(field);
  if (read?.part !== "capability" || read.key !== "enabled" || to !== true) {
    return false;
  }
  const server = account.servers.get(read.serverId);
  return server !== undefined && !resolve(read.of, [serverLayer(server)]).enabled.value;
}

/** The portal that a file stands for, where there is none. */
export function newPortalOf(file: ResourceFile, around: PortalAround): Portal {
  const blank = blankPortal(file.id, textIn(file, "hostname") ?? "");
  const options = { pulled: undefined, force: false };
  const { changes } = fileChanges(documentOf(blank, around), file, options);
  return PORTAL_FIELDS.set(blank, changes);
}

function bodyOf(portal: Portal): NewPortal {
  const { id, name, hostname, description } = portal;
  return cloneOf(portal, {
    id,
    name,
    hostname,
    ...(description === undefined ? {} : { description }),
  });
}
