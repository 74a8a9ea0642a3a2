import * as l10n from "@vscode/l10n";
import { variableOf } from "../../domain/files/credentialReference.ts";
import { problemIn, type ResourceFile } from "../../domain/files/resourceFile.ts";
import type { Environment } from "../environment.ts";
import { refuse } from "../files/workFolder.ts";
import type { Output } from "../output.ts";

/** The credentials that files name, from the environment, by server id. */
export type FileCredentials = ReadonlyMap<string, string>;

/**
 * Takes the credentials from the environment, and keeps them out of the output. Throws a CommandError
 * that names each variable that isn't set.
 */
export function credentialsOf(
  files: readonly ResourceFile[],
  environment: Environment,
  output: Output,
): FileCredentials {
  const found = new Map<string, string>();
  const problems: string[] = [];
  for (const file of files) {
    const stated = file.content.values.get("auth_credentials");
    const variable = typeof stated?.value === "string" ? variableOf(stated.value) : undefined;
    if (stated === undefined || variable === undefined) {
      continue;
    }
    const credential = environment[variable];
    if (credential) {
      output.hide(credential);
      found.set(file.id, credential);
    } else {
      problems.push(
        problemIn(file, {
          span: stated.span,
          message: l10n.t("The variable {0} isn't set.", variable),
        }),
      );
    }
  }
  refuse(problems);
  return found;
}
