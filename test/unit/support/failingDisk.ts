import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

/** Fails every write as the system would; an ordinary user can't fill a disk or mount one read-only. */
export async function onFailingDisk(code: string, task: () => Promise<unknown>): Promise<void> {
  const fail = (path: unknown): never => {
    const error = new Error(`${code}: no such luck, open '${String(path)}'`);
    throw Object.assign(error, { code, syscall: "open", path: String(path) });
  };
  const { writeFileSync } = fs;
  const { appendFile, writeFile, open } = fs.promises;
  const failLater = async (path: unknown): Promise<never> => fail(path);
  Object.assign(fs, { writeFileSync: fail });
  Object.assign(fs.promises, { appendFile: failLater, writeFile: failLater, open: failLater });
  syncBuiltinESMExports();
  try {
    await task();
  } finally {
    Object.assign(fs, { writeFileSync });
    Object.assign(fs.promises, { appendFile, writeFile, open });
    syncBuiltinESMExports();
  }
}
