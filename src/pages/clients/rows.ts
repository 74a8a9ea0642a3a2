import { fateAt, isProblem } from "./fates.ts";
import { type ClientsTable, FATES, type Fate, type TableRow } from "./protocol.ts";

/** What the toolbar narrows the table to. */
export interface Filters {
  readonly search: string;
  /** The id of the one client that is shown; empty for all. */
  readonly client: string;
  /** The rows that are shown: those with this fate in a shown client, or with any problem. */
  readonly fate: Fate | "problems" | "";
}

export const NO_FILTERS: Filters = { search: "", client: "", fate: "" };

/** What is on screen. `columns` are the indexes of the shown clients. */
export interface Narrowed {
  readonly columns: readonly number[];
  readonly rows: readonly TableRow[];
}

/** The rows and columns that pass the filters, the rows with the worst problems first. */
export function narrow({ clients, rows }: ClientsTable, filters: Filters): Narrowed {
  const all = clients.map((_, index) => index);
  const chosen = all.filter((index) => clients[index]?.id === filters.client);
  // A client that is gone since the filter was remembered hides nothing.
  const columns = chosen.length > 0 ? chosen : all;
  const words = filters.search.toLowerCase().split(/\s+/u).filter(Boolean);
  const found = rows.filter((row) => hasWords(row, words) && hasFate(row, columns, filters.fate));
  const worst = new Map(found.map((row) => [row, worstOf(row, columns)]));
  // The sort is stable, so equally bad rows keep the order of the catalogue.
  const sorted = [...found].sort((one, other) => (worst.get(one) ?? 0) - (worst.get(other) ?? 0));
  return { columns, rows: sorted };
}

function hasWords({ name, server }: TableRow, words: readonly string[]): boolean {
  const text = `${name} ${server}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

function hasFate(
  { fates }: TableRow,
  columns: readonly number[],
  wanted: Filters["fate"],
): boolean {
  if (wanted === "") {
    return true;
  }
  return columns.some((column) => {
    const fate = fateAt(fates[column] ?? FATES.length);
    return wanted === "problems" ? isProblem(fate) : fate === wanted;
  });
}

const SOME_MODELS = FATES.indexOf("someModels");

/** What is worst for a tool in the shown clients, where an administrator may want to mend it. */
export function worstProblem({ fates }: TableRow, columns: readonly number[]): Fate | undefined {
  const worst = fateAt(
    Math.min(FATES.length, ...columns.map((column) => fates[column] ?? FATES.length)),
  );
  return isProblem(worst) ? worst : undefined;
}

/** The place of the worst fate; a tool that is searched for is as good as one that is sent. */
function worstOf({ fates }: TableRow, columns: readonly number[]): number {
  const places = columns.map((column) => fates[column] ?? FATES.length);
  return Math.min(SOME_MODELS + 1, ...places);
}

/** How many rows have a problem in a client. */
export function problemCount({ rows }: ClientsTable, column: number): number {
  return rows.reduce(
    (count, { fates }) => (isProblem(fateAt(fates[column] ?? FATES.length)) ? count + 1 : count),
    0,
  );
}
