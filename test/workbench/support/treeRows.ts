/** A row of the tree as a person sees it. */
export interface Row {
  readonly label: string;
  readonly description: string;
  /** Counted from 1. */
  readonly level: number;
  /** The text for screen readers. */
  readonly spoken: string;
  /** Absent where the row can't be expanded. */
  readonly expanded?: boolean;
  /** Absent where the row has no checkbox. */
  readonly checked?: boolean;
  readonly selected: boolean;
}

/** The labels from the root to a row. */
export type RowPath = readonly string[];

/** Gives `    [x] find_docs (search)`. */
export function lineOf(row: Row): string {
  const box = row.checked === undefined ? "" : row.checked ? "[x] " : "[ ] ";
  const description = row.description ? ` (${row.description})` : "";
  return `${"  ".repeat(row.level - 1)}${box}${row.label}${description}`;
}

/** Finds a row by its path. Rows know their level, so the parents are found by going up. */
export function indexOf(rows: readonly Row[], path: RowPath): number {
  const trail: string[] = [];
  return rows.findIndex((row) => {
    trail.length = row.level - 1;
    trail.push(row.label);
    return trail.length === path.length && trail.every((label, depth) => label === path[depth]);
  });
}

/** Runs in the page. Resolves when nothing has changed for `ms` milliseconds. */
export function untilStill(view: Element, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      clearTimeout(timer);
      timer = setTimeout(end, ms);
    });
    const end = () => {
      observer.disconnect();
      resolve();
    };
    let timer = setTimeout(end, ms);
    observer.observe(view, { subtree: true, childList: true, characterData: true });
  });
}

/** Runs in the page. */
export function readElements(elements: readonly Element[]): Row[] {
  const index = (element: Element) => Number(element.getAttribute("data-index"));
  const text = (element: Element, selector: string) =>
    element.querySelector(selector)?.textContent ?? "";
  return [...elements]
    .sort((one, other) => index(one) - index(other))
    .map((element) => {
      const expanded = element.getAttribute("aria-expanded");
      const checked = element.querySelector('[role="checkbox"]')?.getAttribute("aria-checked");
      return {
        label: text(element, ".label-name"),
        description: text(element, ".label-description"),
        level: Number(element.getAttribute("aria-level")),
        spoken: element.getAttribute("aria-label") ?? "",
        selected: element.getAttribute("aria-selected") === "true",
        ...(expanded && { expanded: expanded === "true" }),
        ...(checked && { checked: checked === "true" }),
      };
    });
}
