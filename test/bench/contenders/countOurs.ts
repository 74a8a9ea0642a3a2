import { ThreadTokenizer } from "../../../src/engine/cost/tokenizer.ts";
import { counted, differentTools } from "../counting.ts";

const [count, program = ""] = process.argv.slice(2);
const tools = differentTools(Number(count));
const began = performance.now();
const tokenizer = new ThreadTokenizer(program);
await counted(tokenizer, tools);
process.stdout.write(String(performance.now() - began));
tokenizer.dispose();
