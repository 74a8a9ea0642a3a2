import type { LayeredTarget } from "../../target.ts";

/**
 * Opens the document and selects the description of a tool or prompt. Without an override it inserts
 * the text of the layer below first; saved unchanged, that changes nothing.
 */
export async function revealDescription(target: LayeredTarget, present: string): Promise<void> {
  const { selectDescription } = await import("./descriptions.ts");
  await selectDescription(target, present);
}
