import type { Edit } from "jsonc-parser";

/** What can be done about a problem, as a change of the text; saving stays the person's. */
export interface DocumentFix {
  readonly title: string;
  readonly edit: Edit;
  /** Whether it is most likely what was meant. */
  readonly likely: boolean;
}
