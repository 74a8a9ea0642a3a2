import type { Secrets } from "../../../../../src/features/accounts/credentialStore.ts";

/** The secrets of desktop VS Code, which all its windows share. */
export function desktopSecrets(): Secrets {
  return secretsOver(new Map());
}

/**
 * Tabs of browser VS Code. Each reads the stored secrets once, keeps its own copy, and writes the
 * whole copy back with every change.
 */
export class BrowserSecrets {
  #stored: ReadonlyMap<string, string> = new Map();

  openTab(): Secrets {
    const copy = new Map(this.#stored);
    const secrets = secretsOver(copy);
    const writeBack = () => {
      this.#stored = new Map(copy);
    };
    return {
      ...secrets,
      store: async (key, value) => {
        await secrets.store(key, value);
        writeBack();
      },
      delete: async (key) => {
        await secrets.delete(key);
        writeBack();
      },
    };
  }

  get text(): string {
    return JSON.stringify([...this.#stored]);
  }
}

function secretsOver(map: Map<string, string>): Secrets {
  return {
    keys: async () => [...map.keys()],
    get: async (key) => map.get(key),
    store: async (key, value) => void map.set(key, value),
    delete: async (key) => void map.delete(key),
  };
}
