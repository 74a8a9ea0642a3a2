import * as l10n from "@vscode/l10n";
import { type Edit, type Node, parseTree } from "jsonc-parser";
import { OVERRIDE_KEYS } from "../edits/edit.ts";
import { sectionOf } from "../server/capability.ts";
import type { Server } from "../server/server.ts";
import { namesOf, overridesOf } from "./check.ts";
import { sectionText } from "./document.ts";
import type { DocumentFix } from "./fix.ts";
import type { DocumentProblem } from "./problem.ts";
import { insertion, type PropertyAt, propertyAt, removal, replacement } from "./property.ts";
import { putBack, putBackAll } from "./putBack.ts";
import { nearest } from "./spelling.ts";
import { obviousValue } from "./values.ts";

/** The best one first, and one at least. */
export function documentFixes(
  text: string,
  server: Server,
  { code, span }: DocumentProblem,
): readonly DocumentFix[] {
  const root = parseTree(text);
  if (code === "document/missing" && root !== undefined) return insertions(root, server);
  const at = root && propertyAt(root, span.offset);
  if (code === "document/syntax" || at === undefined) return [putBackAll(text, server)];
  switch (code) {
    case "document/unknown-key":
      return [...renamed(at, keysBeside(at)), removed(at)];
    case "document/unknown-name":
      return [
        ...renamed(at, namesOf(at.above[0] === "tools" ? "tool" : "prompt", server)),
        removed(at),
      ];
    case "document/duplicate":
      return [fix(l10n.t("Remove This One"), removal(at))];
    case "document/type":
      return retyped(at, () => putBack(text, server, [at.key]));
    default:
      return [removed(at)];
  }
}

const SERVER_KEYS = [
  "name",
  "description",
  "secure_web_gateway",
  "is_shared_oauth_callback_enabled",
  "tools",
  "prompts",
];

function keysBeside({ above }: PropertyAt): readonly string[] {
  return above.length === 0 ? SERVER_KEYS : OVERRIDE_KEYS;
}

function renamed({ key, keyNode, present }: PropertyAt, known: Iterable<string>): DocumentFix[] {
  const meant = nearest(
    key,
    [...known].filter((name) => !present.has(name)),
  );
  return meant === undefined ? [] : [changed(keyNode, JSON.stringify(meant))];
}

function changed(node: Node, content: string): DocumentFix {
  return { ...fix(l10n.t("Change to {0}", content), replacement(node, content)), likely: true };
}

/** What is left out stays as it is, or is no override. */
function removed(at: PropertyAt): DocumentFix {
  return fix(l10n.t("Remove {0}", JSON.stringify(at.key)), removal(at));
}

/** Without a section every override is gone, so one isn't just taken out. */
function retyped(at: PropertyAt, back: () => DocumentFix | undefined): readonly DocumentFix[] {
  const isSection = at.above.length === 0 && KINDS.some((kind) => sectionOf(kind) === at.key);
  if (isSection) return [back() ?? removed(at)];
  const obvious = obviousValue(at);
  return [...(obvious === undefined ? [] : [changed(at.value, obvious)]), removed(at)];
}

const KINDS = ["tool", "prompt"] as const;

function insertions(root: Node, server: Server): readonly DocumentFix[] {
  const present = new Set(root.children?.map(({ children }) => children?.[0]?.value));
  const missing = KINDS.filter(
    (kind) => !present.has(sectionOf(kind)) && overridesOf(kind, server).size > 0,
  );
  return missing.flatMap((kind) => {
    const key = JSON.stringify(sectionOf(kind));
    return [
      {
        ...fix(
          l10n.t("Insert {0} as at Cloudflare", key),
          insertion(root, sectionText(kind, server), 0),
        ),
        likely: true,
      },
      fix(l10n.t("Insert {0} without Overrides", key), insertion(root, `${key}: {}`, 0)),
    ];
  });
}

function fix(title: string, edit: Edit): DocumentFix {
  return { title, edit, likely: false };
}
