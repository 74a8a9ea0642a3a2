import * as l10n from "@vscode/l10n";
import type { CapabilityKind } from "./capability.ts";
import { catalogueOf } from "./catalogue.ts";
import { aliasFormatProblem } from "./names.ts";
import type { Server } from "./server.ts";

/**
 * Why a text can't be the alias of this tool or prompt, or nothing. Unique means: among names and
 * aliases of all tools and prompts of the server (Cloudflare docs, "Rename tools and prompts").
 */
export function aliasProblem(
  server: Server,
  kind: CapabilityKind,
  name: string,
  alias: string,
): string | undefined {
  const format = aliasFormatProblem(alias);
  if (format !== undefined) return format;
  const { tools, prompts } = catalogueOf(server);
  const holder = [...tools, ...prompts].find(
    (other) =>
      !(other.kind === kind && other.name === name) &&
      (other.name === alias || other.alias === alias),
  );
  if (holder === undefined) return undefined;
  if (holder.name === alias) {
    return holder.kind === "tool"
      ? l10n.t('"{0}" is the name of another tool of this server.', alias)
      : l10n.t('"{0}" is the name of another prompt of this server.', alias);
  }
  return l10n.t('"{0}" is already the alias of {1}.', alias, holder.name);
}
