/** Has no width, and allows no line break. */
const WORD_JOINER = "\u2060";

/**
 * Escapes a foreign text for places where VS Code interprets text. Quick picks, input boxes and the
 * status bar turn `$(name)` into an icon. Messages and inputs turn `[text](command:…)` into a link
 * that runs a command. The result looks the same and does nothing.
 */
export function escapeLabel(text: string): string {
  return text.replaceAll("$(", `$${WORD_JOINER}(`).replaceAll("](", `]${WORD_JOINER}(`);
}

interface Entry {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
}

/** Escapes the texts of a list's entry. Use it only for labels without an icon. */
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
 * Escapes a foreign text for Markdown, so that it is drawn exactly as it is.
 * `MarkdownString.appendText` isn't enough: it leaves tags, entities, numbered lists and addresses,
 * and makes every space unbreakable, so that lines break within words. This keeps single spaces. A
 * line break begins a paragraph.
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

/** A line that Markdown would draw as an item of a list. */
const NUMBERED = /^([ \t]*\d{1,9})\./gmu;

/** The beginning of a link without brackets. */
const ADDRESS = /:(?=\/\/)|\bwww\./giu;

/** Markdown drops spaces at the end of a line, and reads those at its beginning as structure. */
const UNSAFE_SPACES = /[ \t]{2,}|\t|^ | $/gmu;
