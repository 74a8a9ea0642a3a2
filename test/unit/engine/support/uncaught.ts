/**
 * The errors that nobody caught while `use` ran and right after. Mocha would fail the test for
 * them.
 */
export async function uncaughtDuring(use: () => Promise<void>): Promise<readonly unknown[]> {
  const errors: unknown[] = [];
  const hear = (error: unknown): number => errors.push(error);
  const restore = replaceListeners(hear);
  try {
    await use();
    await new Promise((resolve) => setImmediate(resolve));
  } finally {
    restore();
  }
  return errors;
}

function replaceListeners(hear: (error: unknown) => void): () => void {
  const exceptions = process.listeners("uncaughtException");
  const rejections = process.listeners("unhandledRejection");
  process.removeAllListeners("uncaughtException").removeAllListeners("unhandledRejection");
  process.on("uncaughtException", hear).on("unhandledRejection", hear);
  return () => {
    process.off("uncaughtException", hear).off("unhandledRejection", hear);
    for (const other of exceptions) {
      process.on("uncaughtException", other);
    }
    for (const other of rejections) {
      process.on("unhandledRejection", other);
    }
  };
}
