import { type DeliveredList, deliveredDefinition } from "../clients/deliver.ts";
import { countedText, nameText } from "./countedText.ts";
import { asEstimate, type Cost, type CountTokens, costOfTexts } from "./sums.ts";

/**
 * What a list costs in one client: the definitions as they arrive there, without those that the
 * client drops. Where the client searches among its tools, each costs about its name, so that such a
 * sum is an estimate.
 * @param items those of the list that are counted
 */
export function costInClient(
  { effects, items }: Pick<DeliveredList, "effects" | "items">,
  count: CountTokens,
): Cost {
  const isSearched = effects.some((each) => each.of === "deferral" && each.models === undefined);
  const sent = items.filter(({ shown, effect }) => shown.kind === "tool" && effect !== "dropped");
  const texts = sent.map((item) =>
    isSearched ? nameText(item.name) : countedText(deliveredDefinition(item)),
  );
  const cost = costOfTexts(texts, count);
  return isSearched ? asEstimate(cost) : cost;
}
