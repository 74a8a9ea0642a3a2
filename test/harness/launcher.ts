import { writeFile } from "node:fs/promises";

/**
 * Writes an executable that runs a script with the Node that runs this program.
 * @param words the script's first arguments; those of the executable follow
 * @returns the path of the executable
 */
export async function writeLauncher(
  file: string,
  script: string,
  ...words: readonly string[]
): Promise<string> {
  const start = [process.execPath, script, ...words].map((word) => `"${word}"`).join(" ");
  await writeFile(file, `#!/bin/sh\nexec ${start} "$@"\n`, { mode: 0o755 });
  return file;
}
