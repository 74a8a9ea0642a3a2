/** The word that stands for the name of a tool that neither the tool nor its server has. */
export const STRANGER = "\u0001stranger";
/** The word that stands for the name of another tool of the same server. */
export const SIBLING = "\u0001sibling";
/** The word that stands for a name of the tool itself, of a parameter or of a value. */
export const OWN = "\u0001own";

/** The word that stands for a mail address. */
export const MAIL = "\u0001mail";

/** The word that stands for the address of a page or a service. */
export const URL_WORD = "\u0001url";

/** The names, each of which needs an identifier in the text. */
export const NAMES: ReadonlySet<string> = new Set([STRANGER, SIBLING, OWN]);

/** What a text has in place of the other stand-ins. */
export const WRITTEN_AS: ReadonlyMap<string, readonly string[]> = new Map([
  [MAIL, ["@"]],
  [URL_WORD, ["http", "https", "ftp", "ws", "wss"]],
]);
