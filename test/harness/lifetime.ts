/**
 * What has to end with this program, however it ends: by itself, by Ctrl+C, by a closed terminal,
 * by a bug. Endings run newest first.
 */
export interface Ending {
  /** The orderly way. */
  end(): Promise<void>;
  /** The last resort, when there is no time to wait. */
  kill(): void;
}

const endings = new Set<Ending>();
let installed = false;

/** Registers an ending and returns what ends it early. */
export function endWithProgram(ending: Ending): () => Promise<void> {
  install();
  endings.add(ending);
  return async () => {
    if (endings.delete(ending)) {
      await ending.end();
    }
  };
}

/** Ends everything that was registered. */
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

/** npm that is killed outright passes no signal on: then this program has another parent. */
function watchParent(): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) {
      process.kill(process.pid, "SIGTERM");
    }
  }, 1000).unref();
}
