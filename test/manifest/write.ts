import { writeFile } from "node:fs/promises";
import { generatedPackage, PACKAGE } from "./contributions.ts";

await writeFile(PACKAGE, generatedPackage());
