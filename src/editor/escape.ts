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
