import { exposedText } from "../../../src/domain/cost/countedText.ts";
import { differentTools } from "../counting.ts";

const texts = differentTools(Number(process.argv[2])).map(exposedText);
const began = performance.now();
const { countTokens } = await import("gpt-tokenizer/encoding/o200k_base");
for (const text of texts) {
  countTokens(text);
}
process.stdout.write(String(performance.now() - began));
