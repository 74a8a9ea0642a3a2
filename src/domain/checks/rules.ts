import { claudeCode64, clientCharacters, cursor60, over64 } from "./clientNames.ts";
import { codeModeCollision, vscodeLong, vscodeTruncation } from "./collisions.ts";
import { nothingEnabled, orphanOverride, sseWithGateway } from "./configuration.ts";
import {
  aliasDuplicate,
  aliasFormat,
  reservedPortal,
  serverIdUnderscore,
  specCharacters,
} from "./names.ts";
import type { Rule } from "./rule.ts";
import { annotationChanged } from "./security/annotationChanged.ts";
import { concealment } from "./security/concealment.ts";
import { crossReference } from "./security/crossReference.ts";
import { embeddedSecret } from "./security/embeddedSecret.ts";
import { encodedPayload } from "./security/encodedPayload.ts";
import { exfiltration } from "./security/exfiltration.ts";
import { controlCharacters, hiddenCharacters } from "./security/hiddenCharacters.ts";
import { instructionOverride } from "./security/instructionOverride.ts";
import { countOver128, descriptionMissing, descriptionOver1024, schemaInvalid } from "./sizes.ts";

/** Every rule but those of health. A new one is written in the file of its family and named here. */
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
  claudeCode64,
  codeModeCollision,
  reservedPortal,
  descriptionMissing,
  descriptionOver1024,
  schemaInvalid,
  countOver128,
  hiddenCharacters,
  controlCharacters,
  instructionOverride,
  concealment,
  exfiltration,
  crossReference,
  encodedPayload,
  embeddedSecret,
  annotationChanged,
  orphanOverride,
  sseWithGateway,
  nothingEnabled,
];
