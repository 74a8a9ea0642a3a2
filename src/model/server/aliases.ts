import * as l10n from "@vscode/l10n";
import type { CapabilityKind } from "./capability.ts";
import { catalogueOf } from "./catalogue.ts";
import { holdersIn } from "./holders.ts";
import { aliasFormatProblem } from "./names.ts";
import type { Server } from "./server.ts";

/** Why a text can't be the alias of this tool or prompt, or nothing. */
export function aliasProblem(
  server: Server,
  kind: CapabilityKind,
  name: string,
  alias: string,
): string | undefined {
  const format = aliasFormatProblem(alias);
  if (format !== undefined) return format;
  const catalogue = catalogueOf(server);
  const holder = holdersIn(catalogue).other(alias, catalogue.find(kind, name));
  if (holder === undefined) return undefined;
  if (holder.name === alias) {
    return holder.kind === "tool"
      ? l10n.t('"{0}" is the name of another tool of this server.', alias)
      : l10n.t('"{0}" is the name of another prompt of this server.', alias);
  }
  return l10n.t('"{0}" is already the alias of {1}.', alias, holder.name);
}
