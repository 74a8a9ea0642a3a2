import { type DeliveredList, deliveredDefinition } from "../clients/deliver.ts";
import { countedText, nameText } from "./countedText.ts";
import { asEstimate, type Cost, type CountTokens, costOfTexts } from "./sums.ts";

/**
 * What a list costs in one client: the definitions as they arrive there, without those that the
 * client drops. A deferred tool costs about its name, so that such a sum is an estimate.
 */
export function costInClient({ items }: DeliveredList, count: CountTokens): Cost {
  const sent = items.filter(({ shown, effect }) => shown.kind === "tool" && effect !== "dropped");
  const texts = sent.map((item) =>
    item.effect === "deferred" ? nameText(item.name) : countedText(deliveredDefinition(item)),
  );
  const cost = costOfTexts(texts, count);
  return sent.some(({ effect }) => effect === "deferred") ? asEstimate(cost) : cost;
}
