import * as vscode from "vscode";

/** From offsets to positions in a text that need not be open. */
export function positionsIn(text: string): (offset: number) => vscode.Position {
  const starts = [0, ...[...text.matchAll(/\n/gu)].map(({ index }) => index + 1)];
  return (offset) => {
    const line = lastNotAfter(starts, offset);
    return new vscode.Position(line, offset - (starts[line] ?? 0));
  };
}

/** Halving, because a document of thousands of tools has as many problems as lines. */
function lastNotAfter(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
