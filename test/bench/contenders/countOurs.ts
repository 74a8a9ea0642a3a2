import { ThreadTokenizer } from "../../../src/engine/cost/tokenizer.ts";
import { counted, differentTools } from "../counting.ts";

const program = new URL("../../../src/engine/cost/tokenizerProgram.ts", import.meta.url);
const tools = differentTools(Number(process.argv[2]));
const began = performance.now();
const tokenizer = new ThreadTokenizer(program);
await counted(tokenizer, tools);
process.stdout.write(String(performance.now() - began));
tokenizer.dispose();
