import * as l10n from "@vscode/l10n";
import type { Edit } from "../edits/edit.ts";
import { valueInWords } from "../edits/fieldText.ts";
import { plainFieldInWords } from "../edits/wireFields.ts";
import { about, listed } from "../sentence.ts";
import type { Server } from "../server/server.ts";
import type { ExposedNames } from "./exposedNames.ts";
import type { ClientId } from "./rule.ts";
import { excerpt } from "./security/excerpt.ts";

/** What can be done about a finding by changing overrides or switches. */
export const FIX_KINDS = [
  "setAlias",
  "removeAlias",
  "stripHidden",
  "resetDescription",
  "removeOverride",
  "gatewayOff",
  "enableAll",
  "disable",
] as const;
export type FixKind = (typeof FIX_KINDS)[number];

export interface Fix {
  readonly kind: FixKind;
  readonly title: string;
  readonly edit: Edit;
}

export interface Surroundings {
  readonly server: Server;
  /** Of the account, this server included. */
  readonly names: ExposedNames;
  readonly clients: ReadonlySet<ClientId>;
}

/** What a fix changes, for a list that is looked through before it's confirmed. */
export function fixInWords({ edit }: Fix): string {
  const [first] = edit;
  if (first === undefined || edit.length > 3) return l10n.t("{0} changes", edit.length);
  return listed(
    edit.map(({ field, to }) =>
      about(
        plainFieldInWords(field.key),
        typeof to === "string" ? excerpt(to, 0, to.length) : valueInWords(field, to),
      ),
    ),
  );
}
