import { writeFile } from "node:fs/promises";
import { BUNDLE, exportStrings } from "./strings.ts";

const bundle = await exportStrings();
await writeFile(BUNDLE, `${JSON.stringify(bundle, undefined, 2)}\n`);
console.log(`${Object.keys(bundle).length} strings in ${BUNDLE}`);
