/** A place in a text, with how much it speaks for an attack. */
export interface Clue {
  readonly start: number;
  readonly end: number;
  readonly weight: number;
}

/** Keys and passwords of a person or a machine: no tool's description has a use for them. */
const STRONG =
  /(?:~|\$home|%userprofile%|\/root|\/home\/[\w.-]{1,32})?[\\/]?\.ssh[\\/]|(?<!\w)\.ssh\b(?!\.)|\bid_(?:rsa|dsa|ecdsa|ed25519)\b|\/etc\/(?:passwd|shadow|sudoers)\b|\.aws[\\/]|\.kube[\\/]config|\.git-credentials|\.gnupg\b|\bauthorized_keys\b|\b(?:mcp|claude_desktop_config)\.json\b|\.cursor[\\/]|\bwallet\.dat\b|\.(?:bash|zsh)_history\b|\.docker[\\/]config|\bkeychain\b|\b(?:seed|recovery|mnemonic) phrases?\b|\bssh[ _-](?:private[ _-])?keys?\b|\bprivate[ _-]ssh[ _-]keys?\b|\blogin data\b|\.azure[\\/]/gi;

/** Files that hold secrets, and that some tools work with for good reason. */
const USUAL =
  /(?<![\w)\]])\.env(?:\.\w{1,12})?\b|\.netrc\b|\.npmrc\b|\.pypirc\b|\.(?:pem|p12|pfx)\b|\bkubeconfig\b|\bcredentials\.json\b|\bsecrets?\.ya?ml\b|~\/\.config\/|\bservice[-_ ]account\.json\b/gi;

/** "Using the profile in ~/.aws/credentials": a means, not a booty. */
const MEANS =
  /\b(?:using|uses|via|defaults? to|default|configured|authenticat\w{1,5})\b[^.\n]{0,40}$/i;
const CONTENTS = /\b(?:contents?|copy|copies)\b[^.\n]{0,24}$/i;

export function secretPaths(text: string): readonly Clue[] {
  return [...cluesOf(text, STRONG, 3), ...cluesOf(text, USUAL, 2)];
}

function* cluesOf(text: string, pattern: RegExp, weight: number): Iterable<Clue> {
  for (const { index, 0: found } of text.matchAll(pattern)) {
    const before = text.slice(Math.max(0, index - 64), index);
    const isMeans = MEANS.test(before) && !CONTENTS.test(before);
    yield { start: index, end: index + found.length, weight: isMeans ? 1 : weight };
  }
}
