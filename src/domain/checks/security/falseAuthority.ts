import * as l10n from "@vscode/l10n";
import { AUTHORITIES } from "./foreignKinds.ts";
import { patterns } from "./patterns.ts";
import type { PhraseKind } from "./phraseRule.ts";

const LISTS = {
  MODEL: "model models llm agent agents assistant assistants ai you",
  POWER:
    "system security admin administrator administrators developer developers platform compliance regulatory legal gdpr hipaa policy policies company corporate it official anthropic openai protocol emergency",
  MUST: "must shall required obliged mandated mandatory obligated have has need needs",
  ACT: "call run execute invoke send upload pass include verify authenticate obey follow carry perform use act delete transfer",
} as const;

const orders = patterns(LISTS, [
  "system|admin|administrator|developer|priority override",
  "mandatory|critical|important|urgent|official system|security|compliance|policy|platform ~1 protocol|update|requirement|instruction|instructions|directive|notice|rule|policy|check|step|procedure",
  "security|system|compliance|admin|administrative notice|directive|protocol|requirement|mandate|instruction|instructions|policy ~12 MUST ~8 ACT",
  "security|system|compliance|admin notice|directive|requirement|mandate|alert ~6 MODEL ~4 MUST",
  "compliance|regulatory|legal|policy|gdpr|audit|security ~1 requirement|requirements|reasons|regulations|policy|purposes ~6 MODEL ~3 MUST",
  "compliance|gdpr|hipaa|law|regulation|policy ~1 requires|mandates|demands ~4 MODEL|all ~10 ACT|sends|send",
  "POWER ~3 policy|rules|notice ~4 MODEL|every|all ~3 MUST ~3 ACT",
  "notice|message|update|directive|instruction ~3 from|by|of ~2 POWER ~12 MODEL|tool|safety|authorised|authorized|required|must",
  "this ~1 message|notice|text|instruction ~2 comes|is ~2 from ~2 POWER",
  "as ~1 administrator|developer|owner|operator|creator ~6 authorise|authorize|instruct|permit|command ~1 you",
  "authorise|authorize you",
  "MODEL ~1 are|is ~2 authorised|authorized|permitted|allowed|empowered ~3 delete|act|use|execute|run|access|bypass|do ~6 root|without|limits|anything|all|admin|unrestricted",
  "has|have|with|grants ~1 full|unrestricted|complete|unlimited|elevated ~1 administrative|admin|root|system|access ~4 privileges|rights|access|permissions ~8 you|without|limits|permitted|must",
  "approved|certified|verified|cleared ~4 unrestricted|full|unlimited access|use",
  "user ~3 already|previously ~2 consented|agreed|approved|authorised|authorized|granted ~4 everything|all|any|this",
  "safety|content|security ~1 filters|filter|checks|policies|guidelines ~2 don't|doesn't|not ~2 apply",
  "attention|notice ~2 ai|llm|model|assistant|agent|agents",
  "required step ~3 protocol",
  "transfer|give|hand|grant ~2 all|full control|access to ~2 this|server|us",
  "MODEL ~3 MUST ~4 obey|comply|cooperate|follow ~3 description|tool|notice|this|following",
  "models|agents|assistants ~2 must ~3 follow|obey ~4 over|before|instead",
  "skip|bypass|disable ~2 all ~1 checks|safeguards|verification|limits|validation",
  "disable|bypass|skip|suspend|drop ~1 its|your ~2 checks|safeguards|verification|limits|filters|guardrails|restrictions|precautions",
  "mandated|required|ordered|instructed|demanded by ~2 POWER ~5 MODEL ~4 MUST|obliged|follow|obey",
  "legal|regulatory|compliance|security reasons ~3 MODEL ~3 MUST",
  "all|any limits|restrictions|checks ~1 are|is ~1 lifted|off|suspended|disabled",
  "cooperation with ~2 tool|server",
  "developer|maintenance|god|admin mode is|are ~1 on|active|enabled",
  "system|admin|developer instruction|instructions|directive ~2 call|run|execute|always|never|must",
  "per|according|under|pursuant ~1 to|company|regulatory|policy ~4 MODEL ~3 MUST",
  "per|under ~1 regulatory|compliance|legal|company|security ~1 requirements|policy|rules|regulations ~3 MODEL ~2 must|shall",
]);

const excuses = patterns(LISTS, [
  "requires|needs|required ~3 admin|administrator role|privileges|rights|permissions",
  "to all users|members",
  "user ~2 must|needs ~2 have",
]);

/** Sources: mcpproxy-go, directive.imperative; snyk agent-scan, E001. */
export const falseAuthority: PhraseKind = {
  id: "security/false-authority",
  severity: "warning",
  message: (quoted) =>
    l10n.t('It claims an authority over the model that a tool doesn\'t have: "{0}".', quoted),
  orders,
  excuses,
  foreign: AUTHORITIES,
};
