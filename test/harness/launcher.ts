import { chmod, writeFile } from "node:fs/promises";

/**
 * Writes an executable that runs a script in this Node.
 * @param words what the script gets before the arguments that the executable is started with
 * @returns the path of the executable
 */
export async function writeLauncher(
  file: string,
  script: string,
  ...words: readonly string[]
): Promise<string> {
  const start = [process.execPath, script, ...words].map((word) => `"${word}"`).join(" ");
  await writeFile(file, `#!/bin/sh\nexec ${start} "$@"\n`);
  await chmod(file, 0o755);
  return file;
}
