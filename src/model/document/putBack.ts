import * as l10n from "@vscode/l10n";
import { parseTree } from "jsonc-parser";
import type { Server } from "../server/server.ts";
import { locateValue, serverDocument } from "./document.ts";
import type { DocumentFix } from "./fix.ts";
import { propertyAt, removal, replacement } from "./property.ts";

/** Sets a property back to what is at Cloudflare; undefined where the text has no other. */
export function putBack(
  text: string,
  server: Server,
  path: readonly string[],
): DocumentFix | undefined {
  const original = serverDocument(server);
  const theirs = valueText(original, path);
  const ours = locateValue(text, path);
  const root = parseTree(text);
  const at = root && ours && propertyAt(root, ours.offset);
  if (at === undefined || theirs === valueText(text, path)) return undefined;
  const title = l10n.t("Put Back {0} as at Cloudflare", JSON.stringify(at.key));
  const edit = theirs === undefined ? removal(at) : replacement(at.value, theirs);
  return { title, edit, likely: false };
}

function valueText(text: string, path: readonly string[]): string | undefined {
  const span = locateValue(text, path);
  return span && text.slice(span.offset, span.offset + span.length);
}

/** For a text of which no part can be made sense of. */
export function putBackAll(text: string, server: Server): DocumentFix {
  return {
    title: l10n.t("Put Back What Is at Cloudflare"),
    edit: { offset: 0, length: text.length, content: serverDocument(server) },
    likely: false,
  };
}
