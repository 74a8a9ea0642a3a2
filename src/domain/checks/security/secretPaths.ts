import type { Signal } from "./signals.ts";

/** Keys and passwords of a person or a machine, which no honest description needs. */
const STRONG =
  /(?:~|\$home|%userprofile%|\/root|\/home\/[\w.-]{1,32})?[\\/]?\.ssh[\\/]|(?<!\w)\.ssh\b(?!\.)|(?<![a-z0-9])id_(?:rsa|dsa|ecdsa|ed25519)\b(?!\.pub)|\/etc\/(?:passwd|shadow|sudoers)\b|(?<!\w)\.aws[\\/]|\.(?:aws|ssh|kube|gnupg) (?:directory|folder)\b|(?<!\w)\.kube[\\/]config|\.git-credentials|\.gnupg\b|\bauthorized_keys\b|\b(?:mcp|claude_desktop_config)\.json\b|(?<!\w)\.cursor[\\/]|\bwallet\.dat\b|\.(?:bash|zsh)_history\b|(?<!\w)\.docker[\\/]config|\bkeychain\b|\b(?:seed|recovery|mnemonic) phrases?\b|\/proc\/(?:self|\d{1,7})\/environ\b|application_default_credentials\.json|\blibrary[\\/]keychains\b|\.(?:claude|codex|gemini)(?:\.json|[\\/](?:auth|oauth_creds|settings)\.json)|\b169\.254\.169\.254\b|\/run\/secrets\/kubernetes\.io\b|\.password-store\b|\bgpg keyrings?\b|(?<!\w)\.config[\\/]gh[\\/]|(?<!\w)\.terraform\.d[\\/]|\b(?:saved|stored) logins\b|\bssh[ _-](?:private[ _-])?keys?\b|\bprivate[ _-]ssh[ _-]keys?\b|\blogin data\b|(?<!\w)\.azure[\\/]/gi;

/** Files that hold secrets and that some tools use for good reasons. */
const USUAL =
  /(?<![\w)\]])\.env\b(?:\.\w{1,12}\b)?|\.netrc\b|\.npmrc\b|\.pypirc\b|\.(?:pem|p12|pfx)\b|\bkubeconfig\b|\bcredentials\.json\b|\bsecrets?\.ya?ml\b|~\/\.config\/|\bservice[-_ ]account\.json\b/gi;

/** The expressions of files that hold secrets. */
export const SECRET_PATHS = [STRONG, USUAL];

/** A public key may be shown. */
const PUBLIC = /^[\w-]{0,24}\.pub\b/;

/** In "using the profile in ~/.aws/credentials" the file is a means and not the target. */
const MEANS =
  /\b(?:using|uses|via|defaults? to|default|configured|authenticat\w{1,5})\b[^.\n]{0,40}$/i;
/** In "put it into a .env file" the file is the destination and not the target. */
const PLACE =
  /\b(?:put|writes?|written|saves?d?|stores?d?|pulls?|adds?|added)\b[^.\n]{0,48}\b(?:in|into|to)\b[^.\n]{0,16}$/i;
const CONTENTS = /\b(?:contents?|copy|copies)\b[^.\n]{0,24}$/i;

export function secretPaths(text: string): readonly Signal[] {
  return [...pathSignals(text, STRONG, 3), ...pathSignals(text, USUAL, 2)];
}

function* pathSignals(text: string, pattern: RegExp, weight: number): Iterable<Signal> {
  for (const { index, 0: found } of text.matchAll(pattern)) {
    if (PUBLIC.test(text.slice(index + found.length, index + found.length + 32))) {
      continue;
    }
    const before = text.slice(Math.max(0, index - 64), index);
    const isMeans = (MEANS.test(before) || PLACE.test(before)) && !CONTENTS.test(before);
    yield { start: index, end: index + found.length, weight: isMeans ? 1 : weight };
  }
}
