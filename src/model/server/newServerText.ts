import * as l10n from "@vscode/l10n";
import * as v from "valibot";
import { serverIdProblem, serverNameProblem, serverUrlProblem } from "./newServer.ts";
import type { NewServer } from "./server.ts";

const shape = v.strictObject({
  id: v.string(),
  name: v.string(),
  hostname: v.string(),
  auth_type: v.picklist(["unauthenticated", "bearer", "oauth"]),
  description: v.exactOptional(v.string()),
  auth_credentials: v.exactOptional(v.string()),
  client_secret: v.exactOptional(v.string()),
  is_shared_oauth_callback_enabled: v.exactOptional(v.boolean()),
  secure_web_gateway: v.exactOptional(v.boolean()),
});

/** A server as a script gives it: the body of the POST, held to the rules of the form. */
export function readNewServer(
  text: string,
  taken: ReadonlySet<string>,
): { readonly server: NewServer } | { readonly problem: string } {
  const read = v.safeParse(shape, parse(text));
  if (!read.success) return { problem: l10n.t("This isn't the definition of a server.") };
  const { id, name, hostname } = read.output;
  const problem =
    serverIdProblem(id, taken) ?? serverNameProblem(name) ?? serverUrlProblem(hostname);
  return problem === undefined ? { server: read.output } : { problem };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
