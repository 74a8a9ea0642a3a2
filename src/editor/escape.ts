/** Shows as nothing and doesn't break a line. */
const WORD_JOINER = "\u2060";

/**
 * Somebody else's text for a place where VS Code reads more than text: quick picks, input boxes and
 * the status bar turn `$(name)` into an icon, messages and inputs turn `[text](command:…)` into a
 * link that runs a command. What comes out looks the same and does nothing.
 */
export function escapeLabel(text: string): string {
  return text.replaceAll("$(", `$${WORD_JOINER}(`).replaceAll("](", `]${WORD_JOINER}(`);
}

interface Entry {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
}

/** An entry of a list without an icon of its own. */
export function escapeItem<T extends Entry>(entry: T): T {
  const { label, description, detail } = entry;
  return {
    ...entry,
    label: escapeLabel(label),
    ...(description === undefined ? {} : { description: escapeLabel(description) }),
    ...(detail === undefined ? {} : { detail: escapeLabel(detail) }),
  };
}

/**
 * Somebody else's text for Markdown: what is drawn equals the text, character for character.
 * `MarkdownString.appendText` doesn't do: it leaves tags, entities, numbered lists and addresses,
 * and makes each space unbreakable, so that lines break in the middle of words. Single spaces stay
 * as they are here. A line break begins a paragraph.
 */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\r\n?/gu, "\n")
    .replace(/[\\`*_{}[\]()#+\-!~<>|&$@]/gu, "\\$&")
    .replace(NUMBERED, "$1\\.")
    .replace(ADDRESS, (found) => `${found.slice(0, -1)}\\${found.slice(-1)}`)
    .replace(UNSAFE_SPACES, (spaces) => "&nbsp;".repeat(spaces.length))
    .replaceAll("\n", "\n\n");
}

/** A line that would be drawn as an entry of a list. */
const NUMBERED = /^([ \t]*\d{1,9})\./gmu;

/** What begins a link without any brackets. */
const ADDRESS = /:(?=\/\/)|\bwww\./giu;

/** Markdown drops spaces at the end of a line, and takes those at its beginning for structure. */
const UNSAFE_SPACES = /[ \t]{2,}|\t|^ | $/gmu;
