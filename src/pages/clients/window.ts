/** Which rows of a long list stand in the document. */
export interface RowWindow {
  /** The first row, and the one after the last. */
  readonly from: number;
  readonly to: number;
}

/** Rows above and below what can be seen, so that a quick scroll shows no gap. */
const SPARE = 10;

/** @param top, height what can be seen, in pixels from the first row on */
export function rowsInSight(
  count: number,
  rowHeight: number,
  { top, height }: { readonly top: number; readonly height: number },
): RowWindow {
  const from = Math.max(0, Math.floor(top / rowHeight) - SPARE);
  const to = Math.min(count, Math.ceil((top + height) / rowHeight) + SPARE);
  return { from: Math.min(from, to), to };
}

/** A cell, counted from 0. */
export interface Position {
  readonly row: number;
  readonly column: number;
}

/** The keys that move in a grid, as the ARIA Authoring Practices have them. */
export interface GridKey {
  readonly key: string;
  readonly ctrlKey: boolean;
}

export interface GridSize {
  readonly rows: number;
  readonly columns: number;
  /** The rows that Page Up and Page Down move over. */
  readonly page: number;
}

/** Where a key leads to; undefined for a key that doesn't move. */
export function moved(
  at: Position,
  { key, ctrlKey }: GridKey,
  size: GridSize,
): Position | undefined {
  const to = target(at, key, ctrlKey, size);
  return (
    to && {
      row: Math.max(0, Math.min(to.row, size.rows - 1)),
      column: Math.max(0, Math.min(to.column, size.columns - 1)),
    }
  );
}

function target(
  { row, column }: Position,
  key: string,
  ctrlKey: boolean,
  { rows, columns, page }: GridSize,
): Position | undefined {
  switch (key) {
    case "ArrowUp":
      return { row: row - 1, column };
    case "ArrowDown":
      return { row: row + 1, column };
    case "ArrowLeft":
      return { row, column: column - 1 };
    case "ArrowRight":
      return { row, column: column + 1 };
    case "PageUp":
      return { row: row - page, column };
    case "PageDown":
      return { row: row + page, column };
    case "Home":
      return { row: ctrlKey ? 0 : row, column: 0 };
    case "End":
      return { row: ctrlKey ? rows - 1 : row, column: columns - 1 };
    default:
      return undefined;
  }
}
