/** The names and data that the script of every page shares with the extension. */

/** A page's first message, each time that its script starts. */
export const PAGE_READY = "ready";

/** The id of the page's element that holds its set-up as JSON. */
export const SET_UP_ELEMENT = "set-up";

export interface PageSetUp {
  /** Says which portal, server or tool the page shows. VS Code stores it over a restart. */
  readonly subject: unknown;
  /** The translated texts; null where the language is English. */
  readonly texts: Readonly<Record<string, string>> | null;
}
