import type { Page } from "playwright-core";

export interface SecretChange {
  /** A part of the key, which also contains the extension's id. */
  readonly part: string;
  readonly value: string;
}

/** Changes values in the window's storage of secrets, for the next window to read. */
export async function changeBrowserSecrets(
  page: Page,
  changes: readonly SecretChange[],
): Promise<void> {
  await page.evaluate(changeAll, changes);
}

/**
 * Runs in the page. The storage is one encrypted text: a half of the key, an initialization vector,
 * and the JSON encrypted with AES-GCM. The server supplies the other half of the key.
 */
async function changeAll(changes: readonly SecretChange[]): Promise<void> {
  const storage = "secrets.provider";
  const answer = await fetch(`${location.pathname}/mint-key`.replace(/\/\/+/g, "/"), {
    method: "POST",
    credentials: "include",
  });
  const half = new Uint8Array(await answer.arrayBuffer());
  const sealed = Uint8Array.from(atob(localStorage.getItem(storage) ?? ""), (letter) =>
    letter.charCodeAt(0),
  );
  const [own, iv] = [sealed.slice(0, 32), sealed.slice(32, 44)];
  const key = await crypto.subtle.importKey(
    "raw",
    own.map((byte, at) => byte ^ (half[at] ?? 0)),
    "AES-GCM",
    false,
    ["encrypt", "decrypt"],
  );
  const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, sealed.slice(44));
  const secrets = JSON.parse(new TextDecoder().decode(plain)) as Record<string, string>;
  for (const { part, value } of changes) {
    const name = Object.keys(secrets).find((each) => each.includes(part));
    if (name === undefined) {
      throw new Error(`There is no secret of ${part}.`);
    }
    secrets[name] = value;
  }
  const text = new TextEncoder().encode(JSON.stringify(secrets));
  const next = new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, text));
  const whole = new Uint8Array([...own, ...iv, ...next]);
  localStorage.setItem(storage, btoa(String.fromCharCode(...whole)));
}
