import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { inflate } from "@sparticuz/chromium";

/**
 * A program of its own, because the package unpacks into the folder for temporary files and
 * nowhere else: whoever starts it says with TMPDIR where that is.
 */
const bin = fileURLToPath(new URL("../bin/", import.meta.resolve("@sparticuz/chromium")));
for (const name of ["chromium.br", "al2023.tar.br"]) {
  await inflate(join(bin, name));
}
