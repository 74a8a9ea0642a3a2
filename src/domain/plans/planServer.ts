import * as l10n from "@vscode/l10n";
import type { FieldChange } from "../changes/change.ts";
import type { PartContent } from "../documents/parse.ts";
import type { DocumentProblem } from "../documents/problem.ts";
import { serverDocument } from "../documents/serverDocument.ts";
import { serverFile } from "../files/accountDocuments.ts";
import { blankServer } from "../files/newResources.ts";
import { type ResourceFile, wholeFile } from "../files/resourceFile.ts";
import { SERVER_FIELDS } from "../servers/fields.ts";
import { definitionOf, serverIdProblem } from "../servers/newServer.ts";
import { type Server, shownUrl } from "../servers/server.ts";
import { type ChangesOptions, fileChanges, fileProblems, updateOf } from "./fileChanges.ts";
import type { CreateAction, UpdateAction } from "./plan.ts";

/** What is wrong with a server's file, as the account is. */
export function serverProblems(
  file: ResourceFile,
  server: Server | undefined,
): readonly DocumentProblem[] {
  return server === undefined ? newProblems(file) : presentProblems(file, server);
}

function presentProblems(file: ResourceFile, server: Server): readonly DocumentProblem[] {
  const fixed = [
    { key: "hostname", has: server.hostname, shown: shownUrl(server.hostname) },
    { key: "auth_type", has: server.authType, shown: server.authType },
  ].flatMap(({ key, has, shown }): readonly DocumentProblem[] => {
    const stated = file.content.values.get(key);
    return stated === undefined || stated.value === has || stated.value === shown
      ? []
      : [
          {
            code: "document/value",
            message: l10n.t(
              "The server has {0}, and no write can change that.",
              JSON.stringify(shown),
            ),
            span: stated.span,
          },
        ];
  });
  return [...fixed, ...fileProblems(serverFile(server), file)];
}

function newProblems(file: ResourceFile): readonly DocumentProblem[] {
  const { hostname, authType, name } = statedIn(file.content);
  const id = serverIdProblem(file.id, new Set());
  const missing = [
    ...(name === undefined ? ["name"] : []),
    ...(hostname === undefined ? ["hostname"] : []),
    ...(authType === undefined ? ["auth_type"] : []),
  ].map((key) =>
    l10n.t("The account has no server {0} yet, and to make it {1} is needed.", file.id, key),
  );
  const document = serverFile(blankServer(file.id, hostname ?? "", authType ?? ""));
  return [
    ...(id === undefined ? [] : [wholeFile("document/value", id)]),
    ...missing.map((message) => wholeFile("document/missing", message)),
    ...(hostname?.includes("…") === true ? [leftOutProblem(file)] : []),
    // Nothing is known yet of what the upstream has.
    ...fileProblems(document, file).filter(({ code }) => code !== "document/unknown-name"),
  ];
}

function leftOutProblem(file: ResourceFile): DocumentProblem {
  return {
    code: "document/value",
    span: file.content.values.get("hostname")?.span ?? { offset: 0, length: 1 },
    message: l10n.t(
      "A part of the URL was left out of the file as a secret, so no server can be made of it.",
    ),
  };
}

function statedIn({ values }: PartContent) {
  const text = (key: string): string | undefined => {
    const value = values.get(key)?.value;
    return typeof value === "string" ? value : undefined;
  };
  return { name: text("name"), hostname: text("hostname"), authType: text("auth_type") };
}

/** Undefined where nothing has to change. The file has to be without problems. */
export function planServer(
  file: ResourceFile,
  server: Server | undefined,
  options: ChangesOptions,
): CreateAction | UpdateAction | undefined {
  const { path, id } = file;
  const subject = { kind: "server", id, path } as const;
  if (server === undefined) {
    const made = newServerOf(file);
    const body = { kind: "server", server: definitionOf(made) } as const;
    return { ...subject, action: "create", file, body, before: "", after: file.text };
  }
  const held = new Set(options.held);
  const isHeld = ({ field: { of, key }, to }: FieldChange): boolean =>
    of?.kind === "tool" && key === "enabled" && to !== false && held.has(of.name);
  return updateOf({
    subject,
    file,
    found: fileChanges(serverDocument(server), file, options),
    isMeant: (change) => !isHeld(change),
    before: serverFile(server).text,
    after: (changes) => serverFile(SERVER_FIELDS.set(server, changes)).text,
  });
}

/** The server that a file stands for, where there is none. Nothing of its catalogue is known. */
export function newServerOf(file: ResourceFile): Server {
  const { hostname = "", authType = "" } = statedIn(file.content);
  const blank = blankServer(file.id, hostname, authType);
  const options = { pulled: undefined, force: false };
  return SERVER_FIELDS.set(blank, fileChanges(serverDocument(blank), file, options).changes);
}
