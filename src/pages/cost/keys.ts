import type { Direction } from "../../domain/cost/treemap.ts";

/** What a key does on a tile. */
export type TileAction =
  | Direction
  | "toggle"
  | "reveal"
  | "clear"
  | "largest"
  | "smallest"
  | "selectAll";

const ACTIONS: ReadonlyMap<string, TileAction> = new Map([
  ["ArrowLeft", "left"],
  ["ArrowRight", "right"],
  ["ArrowUp", "up"],
  ["ArrowDown", "down"],
  [" ", "toggle"],
  ["Enter", "reveal"],
  ["Escape", "clear"],
  ["Home", "largest"],
  ["End", "smallest"],
]);

/** The part of a KeyboardEvent that decides. */
interface PressedKey {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** Undefined for a key that means nothing here, so that VS Code gets it. */
export function actionOf({
  key,
  ctrlKey,
  metaKey,
  altKey,
  shiftKey,
}: PressedKey): TileAction | undefined {
  if (altKey || shiftKey) {
    return undefined;
  }
  if (ctrlKey || metaKey) {
    return key === "a" ? "selectAll" : undefined;
  }
  return ACTIONS.get(key);
}
