import { BUDGET_RULES } from "./budgets.ts";
import {
  claudeCode128,
  clientCharacters,
  cursor60,
  leadingDigit,
  over64,
  promptCharacters,
} from "./clientNames.ts";
import { codeModeCollision, vscodeLong, vscodeTruncation } from "./collisions.ts";
import { nothingEnabled, orphanOverride, sseWithGateway } from "./configuration.ts";
import { COUNT_RULES } from "./counts.ts";
import type { Severity } from "./finding.ts";
import { HEALTH_RULES } from "./health.ts";
import { LIVE_RULES } from "./liveRules.ts";
import { lostInPortal, lostOnServer } from "./lostRules.ts";
import {
  aliasDuplicate,
  aliasFormat,
  reservedPortal,
  serverIdUnderscore,
  specCharacters,
} from "./names.ts";
import { portalNameCollision } from "./portalNames.ts";
import {
  portalEmpty,
  portalNearLimit,
  portalNothingEnabled,
  portalOrphanOverride,
  unusedServer,
} from "./portalRules.ts";
import { REACH_RULES } from "./reachRules.ts";
import type { Rule } from "./rule.ts";
import { SCHEMA_RULES } from "./schemas.ts";
import { annotationChanged } from "./security/annotationChanged.ts";
import { command } from "./security/command.ts";
import { concealment } from "./security/concealment.ts";
import { crossReference } from "./security/crossReference.ts";
import { disguise } from "./security/disguise.ts";
import { embeddedSecret } from "./security/embeddedSecret.ts";
import { encodedPayload } from "./security/encodedPayload.ts";
import { exfiltration } from "./security/exfiltration.ts";
import { controlCharacters, hiddenCharacters } from "./security/hiddenCharacters.ts";
import { impersonation } from "./security/impersonation.ts";
import { instructionOverride } from "./security/instructionOverride.ts";
import { lookalike } from "./security/lookalike.ts";
import { PHRASE_RULES } from "./security/phraseRules.ts";
import {
  descriptionMissing,
  descriptionOver1024,
  descriptionOver2048,
  schemaInvalid,
} from "./sizes.ts";

/** All rules but those of health. */
export const RULES: readonly Rule[] = [
  aliasFormat,
  aliasDuplicate,
  serverIdUnderscore,
  specCharacters,
  over64,
  clientCharacters,
  vscodeLong,
  vscodeTruncation,
  cursor60,
  claudeCode128,
  promptCharacters,
  leadingDigit,
  codeModeCollision,
  reservedPortal,
  descriptionMissing,
  descriptionOver1024,
  descriptionOver2048,
  schemaInvalid,
  ...SCHEMA_RULES,
  ...COUNT_RULES,
  ...BUDGET_RULES,
  hiddenCharacters,
  controlCharacters,
  instructionOverride,
  concealment,
  exfiltration,
  command,
  disguise,
  ...PHRASE_RULES,
  crossReference,
  lookalike,
  impersonation,
  encodedPayload,
  embeddedSecret,
  annotationChanged,
  orphanOverride,
  sseWithGateway,
  nothingEnabled,
  portalOrphanOverride,
  portalNameCollision,
  portalNothingEnabled,
  portalEmpty,
  portalNearLimit,
  unusedServer,
  ...REACH_RULES,
  lostInPortal,
  lostOnServer,
  ...LIVE_RULES,
];

/** The facts of a check that its setting needs. */
export interface CheckDescription {
  readonly id: string;
  readonly severity: Severity;
  /** The key of its title in `package.nls.json`. */
  readonly titleKey: string;
}

/** Every check whose severity can be set, once each, in the order of the settings. */
export const CHECKS: readonly CheckDescription[] = described([
  ...RULES.map(({ id, severity }) => [id, severity] as const),
  ...[...HEALTH_RULES.values()].map(({ rule, severity }) => [rule, severity] as const),
]);

/** Two rules that share an id are one check. */
function described(
  severities: readonly (readonly [id: string, severity: Severity])[],
): readonly CheckDescription[] {
  return [...new Map(severities)].map(([id, severity]) => ({
    id,
    severity,
    titleKey: `rule.${id.replace("/", ".")}`,
  }));
}
