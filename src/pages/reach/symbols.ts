import type { LinkState } from "../../domain/reach/chain.ts";
import { symbol } from "../shared/elements.ts";

const PATHS: Readonly<Record<LinkState, string>> = {
  broken: "M4 4 12 12M12 4 4 12",
  unknown: "M2.5 8a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0-11 0M4.2 4.2 11.8 11.8",
  depends: "M5.6 5.2a2.4 2.4 0 1 0 4.8 0a2.4 2.4 0 1 0-4.8 0M3 13.5a5 4.2 0 0 1 10 0",
  holds: "M3 8.5 6.5 12 13 4.5",
};

export function stateSymbol(state: LinkState): SVGElement {
  return symbol(PATHS[state], state);
}
