import * as l10n from "@vscode/l10n";
import { PORTAL_SHAPE } from "../documents/portalDocument.ts";
import { SERVER_SHAPE } from "../documents/serverDocument.ts";
import { coded, type KeyShape, type PartShape } from "../documents/shape.ts";
import { serverUrlProblem } from "../servers/newServer.ts";
import { referenceTo, variableOf } from "./credentialReference.ts";
import type { FileKind } from "./filePaths.ts";

const SCHEMA: KeyShape = {
  key: "$schema",
  type: "text",
  leftOut: "keeps",
  words: () => l10n.t("Where an editor finds what may stand here."),
};

const ID: KeyShape = {
  key: "id",
  type: "text",
  leftOut: "keeps",
  words: () => l10n.t("The id, which is that of the file's name too."),
};

const SERVER_KEYS: readonly KeyShape[] = [
  {
    key: "hostname",
    type: "text",
    leftOut: "keeps",
    problem: coded("document/value", serverUrlProblem),
    words: () => l10n.t("The upstream's whole URL. It can't be changed once the server is there."),
  },
  {
    key: "auth_type",
    type: "choice",
    choices: [
      { value: "unauthenticated", words: () => l10n.t("The upstream asks for no credential.") },
      { value: "bearer", words: () => l10n.t("A token or headers are sent to the upstream.") },
      { value: "oauth", words: () => l10n.t("Somebody signs in to the upstream.") },
    ],
    leftOut: "keeps",
    words: () =>
      l10n.t(
        "How Cloudflare signs in to the upstream. It can't be changed once the server is there.",
      ),
  },
  {
    key: "auth_credentials",
    type: "text",
    leftOut: "keeps",
    problem: coded("document/value", (text) =>
      variableOf(text) === undefined
        ? l10n.t(
            "A credential never stands in a file: name a variable, as in {0}.",
            JSON.stringify(referenceTo("NAME")),
          )
        : undefined,
    ),
    words: () =>
      l10n.t(
        "The variable from which {0} takes the credential: {1}.",
        "apply",
        JSON.stringify(referenceTo("NAME")),
      ),
  },
];

/** What a file consists of: what its document does, and what only a file says. */
export const FILE_SHAPES: Readonly<Record<FileKind, PartShape>> = {
  server: { ...SERVER_SHAPE, keys: [SCHEMA, ID, ...withOwn(SERVER_SHAPE.keys)] },
  portal: { ...PORTAL_SHAPE, keys: [SCHEMA, ID, ...PORTAL_SHAPE.keys] },
};

/** What a server needs to be made stands behind its name. */
function withOwn([name, ...others]: readonly KeyShape[]): readonly KeyShape[] {
  return [...(name === undefined ? [] : [name]), ...SERVER_KEYS, ...others];
}

/** Keys that Cloudflare doesn't answer, so that no file takes them from it. */
export const FILE_ONLY_KEYS: ReadonlySet<string> = new Set(["$schema", "id", "auth_credentials"]);
