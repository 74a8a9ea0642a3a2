/**
 * Work to do when this program ends, however it ends: by itself, by Ctrl+C, by a closed terminal or
 * by a bug. The newest is done first.
 */
export interface Ending {
  /** Ends in the normal way. */
  end(): Promise<void>;
  /** Ends at once, when there is no time to wait. */
  kill(): void;
}

const endings = new Set<Ending>();
let installed = false;

/** Registers an ending. Returns a function that runs it early. */
export function endWithProgram(ending: Ending): () => Promise<void> {
  install();
  endings.add(ending);
  return async () => {
    if (endings.delete(ending)) {
      await ending.end();
    }
  };
}

/** Runs all registered endings. */
export async function endAll(): Promise<void> {
  for (const ending of [...endings].reverse()) {
    await ending.end().catch(() => ending.kill());
    endings.delete(ending);
  }
}

const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

function install(): void {
  if (installed) {
    return;
  }
  installed = true;
  for (const [signal, code] of Object.entries(SIGNALS)) {
    process.on(signal, () => void endAll().finally(() => process.exit(code)));
  }
  for (const event of ["uncaughtException", "unhandledRejection"] as const) {
    process.on(event, (error: unknown) => {
      console.error(error);
      void endAll().finally(() => process.exit(1));
    });
  }
  process.on("exit", () => {
    for (const ending of endings) {
      ending.kill();
    }
  });
  watchParent();
}

/** A killed npm passes no signal on, but this program then gets another parent. */
function watchParent(): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) {
      process.kill(process.pid, "SIGTERM");
    }
  }, 1000).unref();
}
