import type { Client } from "../model/client.ts";
import { isApiError } from "../model/failure.ts";
import type { Access } from "./state.ts";

/**
 * One account's client over the lives of several credentials: what holds it goes on with the next
 * credential without knowing. Also the one place that learns what the credential is good for.
 */
export class LastingClient {
  #inner: Client;
  #refused = false;
  #renewed = Promise.withResolvers<void>();
  readonly #ended = new AbortController();
  readonly #learn: (change: Partial<Access>) => void;

  /** Rejects at once what Cloudflare refuses. */
  readonly client: Client = this.#delegate((call) => this.#tell(call));
  /**
   * Waits for the next credential where the present one is refused, so that what a person changed
   * isn't lost. A read then goes on. A write rejects after all, because it stood on an older read:
   * its caller reads again.
   */
  readonly patient: Client = this.#delegate(
    (call) => this.#wait(call),
    async (call) => {
      const { promise: renewed } = this.#renewed;
      try {
        return await this.#tell(call);
      } catch (error) {
        if (isCredentialRefusal(error)) await this.#until(renewed);
        throw error;
      }
    },
  );

  constructor(client: Client, learn: (change: Partial<Access>) => void) {
    this.#inner = client;
    this.#learn = learn;
  }

  /** A new credential is a new start: what was learned of the old one doesn't hold any more. */
  replace(client: Client): void {
    this.#inner = client;
    this.#learn({ readOnly: false });
    this.#resume();
  }

  /** Ends every wait for a credential. */
  dispose(): void {
    this.#ended.abort(new DOMException("The account was signed out", "AbortError"));
  }

  #delegate(read: Run, write: Run = read): Client {
    const changing: Run = (call) => write((client) => this.#watchWrite(call(client)));
    return {
      listServers: (o) => read((client) => client.listServers(o)),
      readServer: (id, o) => read((client) => client.readServer(id, o)),
      createServer: (server, o) => changing((client) => client.createServer(server, o)),
      updateServer: (id, patch, o) => changing((client) => client.updateServer(id, patch, o)),
      deleteServer: (id, o) => changing((client) => client.deleteServer(id, o)),
      syncServer: (id, o) => changing((client) => client.syncServer(id, o)),
      listPortals: (o) => read((client) => client.listPortals(o)),
      readPortal: (id, o) => read((client) => client.readPortal(id, o)),
    };
  }

  /** Reading worked before there was anything to write, so a forbidden write means: may only read. */
  async #watchWrite<T>(call: Promise<T>): Promise<T> {
    try {
      return await call;
    } catch (error) {
      if (isApiError(error) && error.kind === "forbidden") this.#learn({ readOnly: true });
      throw error;
    }
  }

  async #tell<T>(call: (client: Client) => Promise<T>): Promise<T> {
    const asked = this.#inner;
    try {
      const answer = await call(asked);
      if (this.#refused && asked === this.#inner) this.#resume();
      return answer;
    } catch (error) {
      if (asked === this.#inner && isCredentialRefusal(error)) {
        this.#refused = true;
        this.#learn({ refused: true });
      }
      throw error;
    }
  }

  #resume(): void {
    this.#refused = false;
    this.#learn({ refused: false });
    const { resolve } = this.#renewed;
    this.#renewed = Promise.withResolvers();
    resolve();
  }

  async #wait<T>(call: (client: Client) => Promise<T>): Promise<T> {
    for (;;) {
      const { promise: renewed } = this.#renewed;
      try {
        return await this.#tell(call);
      } catch (error) {
        if (!isCredentialRefusal(error)) throw error;
        await this.#until(renewed);
      }
    }
  }

  #until(renewed: Promise<void>): Promise<void> {
    const { signal } = this.#ended;
    return new Promise((resolve, reject) => {
      const end = (): void => reject(signal.reason);
      if (signal.aborted) end();
      signal.addEventListener("abort", end, { once: true });
      void renewed.then(() => {
        signal.removeEventListener("abort", end);
        resolve();
      });
    });
  }
}

type Run = <T>(call: (client: Client) => Promise<T>) => Promise<T>;

/** Cloudflare doesn't take the credential: wrong by now, expired, disabled or revoked. */
export function isCredentialRefusal(error: unknown): boolean {
  return isApiError(error) && error.kind === "auth" && error.reason === "refused";
}
