import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { inflate } from "@sparticuz/chromium";

/**
 * A separate program, because the package can unpack only into the folder for temporary files. The
 * caller sets that folder with TMPDIR.
 */
const bin = fileURLToPath(new URL("../bin/", import.meta.resolve("@sparticuz/chromium")));
for (const name of ["chromium.br", "al2023.tar.br"]) {
  await inflate(join(bin, name));
}
