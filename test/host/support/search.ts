import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** Shorter parts could occur anywhere by chance. */
const PART = 8;

/** A place in which something was written or shown, with all of its text. */
export interface Place {
  readonly name: string;
  readonly text: string;
}

/** Searches for secrets and parts of them: plain, URL-encoded, escaped in JSON, and in base64. */
export class SecretSearch {
  /** Each part, with the name of its secret. */
  readonly #parts = new Map<string, string>();

  add(name: string, secret: string): void {
    const forms = [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)];
    for (const form of forms) {
      this.#addParts(name, form);
    }
    for (const form of base64Forms(secret)) {
      this.#addParts(`${name} in base64`, form);
    }
  }

  /** The places in which secrets were found, with the secrets' names. */
  find(places: readonly Place[]): readonly string[] {
    return places.flatMap(({ name, text }) => {
      const found = new Set<string>();
      for (let at = 0; at + PART <= text.length; at += 1) {
        const owner = this.#parts.get(text.slice(at, at + PART));
        if (owner !== undefined) {
          found.add(`${owner} in ${name}`);
        }
      }
      return [...found];
    });
  }

  #addParts(name: string, form: string): void {
    for (let at = 0; at + PART <= form.length; at += 1) {
      this.#parts.set(form.slice(at, at + PART), name);
    }
  }
}

/** Within a longer text a secret may begin at any of three positions of base64's groups. */
function base64Forms(secret: string): readonly string[] {
  return [0, 1, 2].flatMap((before) => {
    const text = Buffer.from("\0".repeat(before) + secret).toString("base64");
    // The first and the last group depend on the surrounding text.
    const inner = text.slice(before === 0 ? 0 : 4).replace(/.{0,4}$/u, "");
    return [inner, inner.replaceAll("+", "-").replaceAll("/", "_")];
  });
}

/** All files below a folder as bytes, including databases and logs. */
export async function filesBelow(folder: string): Promise<readonly Place[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Promise.all(
    files.map(async (entry) => {
      const path = join(entry.parentPath, entry.name);
      return { name: path, text: await readFile(path, "latin1").catch(() => "") };
    }),
  );
}

/**
 * The environments of the processes that run a program; none where the system doesn't show them.
 */
export async function environmentsOf(program: string): Promise<readonly Place[]> {
  const ids = (await readdir("/proc").catch(() => [])).filter((name) => /^\d+$/u.test(name));
  const read = (id: string, file: string) =>
    readFile(join("/proc", id, file), "latin1").catch(() => "");
  const all = await Promise.all(
    ids.map(async (id) => ({
      name: `environment of ${program}`,
      line: await read(id, "cmdline"),
      text: await read(id, "environ"),
    })),
  );
  return all.filter(({ line }) => line.includes(program));
}
