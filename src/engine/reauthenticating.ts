import { isApiError } from "../domain/apiError.ts";
import { type CloudflareClient, wrapClient } from "../domain/cloudflareClient.ts";
import { denialOf } from "../domain/diagnosis/denials.ts";
import type { Access } from "./state.ts";

type Call<T> = (api: CloudflareClient) => Promise<T>;

/**
 * One account's client over the lives of several credentials: what holds it goes on with the next
 * credential without knowing. Also the one place that learns what the credential is good for.
 */
export class ReauthenticatingClient {
  #inner: CloudflareClient;
  /** What was refused. Where it was a write, reading says nothing: some tokens do only that. */
  #refused: "read" | "write" | undefined;
  #renewed = Promise.withResolvers<void>();
  readonly #ended = new AbortController();
  readonly #learn: (change: Partial<Access>) => void;

  /** Rejects at once what Cloudflare refuses. */
  readonly client = wrapClient((call, writes) => this.#ask(call, writes));
  constructor(api: CloudflareClient, learn: (change: Partial<Access>) => void) {
    this.#inner = api;
    this.#learn = learn;
  }

  /** A new credential is a new start: what was learned of the old one doesn't hold any more. */
  replace(api: CloudflareClient): void {
    this.#inner = api;
    this.#learn({ readOnly: false });
    this.#resume();
  }

  /**
   * Resolves with whether to try again what failed like this: at once with no where another
   * credential wouldn't help, else with yes when there is one that Cloudflare takes.
   */
  async renewal(error: unknown): Promise<boolean> {
    if (!isCredentialRefusal(error)) {
      return false;
    }
    if (this.#refused !== undefined) {
      await this.#until(this.#renewed.promise);
    }
    return true;
  }

  /** Ends every wait for a credential. */
  dispose(): void {
    this.#ended.abort(new DOMException("The account was signed out", "AbortError"));
  }

  async #ask<T>(call: Call<T>, writes: boolean): Promise<T> {
    const asked = this.#inner;
    try {
      const answer = await call(asked);
      if (asked === this.#inner && this.#isTakenAgain(writes)) {
        this.#resume();
      }
      return answer;
    } catch (error) {
      if (asked === this.#inner) {
        this.#learnFrom(error, writes);
      }
      throw error;
    }
  }

  /** @param writes whether it was a write that came through */
  #isTakenAgain(writes: boolean): boolean {
    return this.#refused === "read" || (this.#refused === "write" && writes);
  }

  #learnFrom(error: unknown, writes: boolean): void {
    if (isCredentialRefusal(error)) {
      this.#refused = writes ? "write" : (this.#refused ?? "read");
      this.#learn({ refused: true });
    }
    // Reading had worked before there was anything to write, so: it may read and no more.
    if (writes && isPermissionRefusal(error)) {
      this.#learn({ readOnly: true });
    }
  }

  #resume(): void {
    this.#refused = undefined;
    this.#learn({ refused: false });
    const { resolve } = this.#renewed;
    this.#renewed = Promise.withResolvers();
    resolve();
  }

  #until(renewed: Promise<void>): Promise<void> {
    const { signal } = this.#ended;
    return new Promise((resolve, reject) => {
      const end = (): void => reject(signal.reason);
      if (signal.aborted) {
        end();
      }
      signal.addEventListener("abort", end, { once: true });
      void renewed.then(() => {
        signal.removeEventListener("abort", end);
        resolve();
      });
    });
  }
}

/** Cloudflare doesn't take the credential: wrong by now, expired, disabled or revoked. */
export function isCredentialRefusal(error: unknown): boolean {
  return isApiError(error) && error.kind === "auth" && error.reason === "refused";
}

/**
 * The credential lacks the permission. A 403 of somebody in between says nothing of it, nor does one
 * that Cloudflare gives another reason for, such as the network's address.
 */
function isPermissionRefusal(error: unknown): boolean {
  return (
    isApiError(error) &&
    error.kind === "forbidden" &&
    error.reason === "refused" &&
    denialOf(error.problems) === undefined
  );
}
