import { AccountChecker } from "../../../../../src/domain/checks/checkAccount.ts";
import type { Finding, Severity } from "../../../../../src/domain/checks/finding.ts";
import { CHECKS } from "../../../../../src/domain/checks/rules.ts";
import { DEFAULT_SETTINGS } from "../../../../../src/domain/checks/settings.ts";
import type { Server } from "../../../../../src/domain/servers/server.ts";

/** The default severity of each rule. */
export const DEFAULT_SEVERITIES: ReadonlyMap<string, Severity> = new Map(
  CHECKS.map(({ id, severity }) => [id, severity]),
);

/** All problems of a server that is alone in its account. */
export function checkServer(server: Server): readonly Finding[] {
  return new AccountChecker().check([server], DEFAULT_SETTINGS).get(server.id) ?? [];
}
