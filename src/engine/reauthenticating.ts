import { isApiError } from "../domain/apiError.ts";
import { type CloudflareClient, wrapClient } from "../domain/cloudflareClient.ts";
import { denialOf } from "../domain/diagnosis/denials.ts";
import type { Access } from "./state.ts";

type Call<T> = (api: CloudflareClient) => Promise<T>;

/** A client with one credential. */
export interface CredentialClient {
  readonly api: CloudflareClient;
  /**
   * Asked before each request: whether the credential is still the account's. Another window may
   * have signed out a moment ago, and its event may come late or never. Absent for a credential that
   * isn't stored.
   */
  readonly isCurrent?: () => Promise<boolean>;
}

/**
 * One account's client, which outlives single credentials. Its callers continue with the next
 * credential without knowing of the change. This is also the only place that learns what the
 * credential permits.
 */
export class ReauthenticatingClient {
  #inner: CredentialClient;
  /**
   * The kind of call that was refused. After a refused write, a successful read proves nothing:
   * some tokens can only read.
   */
  #refused: "read" | "write" | undefined;
  #renewed = Promise.withResolvers<void>();
  readonly #ended = new AbortController();
  readonly #learn: (change: Partial<Access>) => void;

  /** Rejects at once with what Cloudflare refuses. */
  readonly client = wrapClient((call, writes) => this.#ask(call, writes));
  /** Learns nothing of a refusal, for calls that a sound credential needn't permit. */
  readonly besides = wrapClient((call) => this.#send(this.#inner, call));

  constructor(first: CredentialClient, learn: (change: Partial<Access>) => void) {
    this.#inner = first;
    this.#learn = learn;
  }

  /** Resets what was learned, because it doesn't hold for another credential. */
  replace(next: CredentialClient): void {
    this.#inner = next;
    this.#learn({ readOnly: false });
    this.#resume();
  }

  /**
   * Resolves with whether to retry a call that failed like this. It is false at once where another
   * credential wouldn't help. Otherwise it waits, and is true once Cloudflare accepts another
   * credential.
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
    this.#ended.abort(signedOut());
  }

  async #ask<T>(call: Call<T>, writes: boolean): Promise<T> {
    const asked = this.#inner;
    try {
      const answer = await this.#send(asked, call);
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

  async #send<T>({ api, isCurrent }: CredentialClient, call: Call<T>): Promise<T> {
    if (isCurrent !== undefined && !(await isCurrent())) {
      throw signedOut();
    }
    return await call(api);
  }

  /** @param writes whether the call that succeeded was a write */
  #isTakenAgain(writes: boolean): boolean {
    return this.#refused === "read" || (this.#refused === "write" && writes);
  }

  #learnFrom(error: unknown, writes: boolean): void {
    if (isCredentialRefusal(error)) {
      this.#refused = writes ? "write" : (this.#refused ?? "read");
      this.#learn({ refused: true });
    }
    // Reading worked before there was anything to write. So the credential may read and no more.
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

function signedOut(): DOMException {
  return new DOMException("The account was signed out", "AbortError");
}

/** Cloudflare doesn't accept the credential: it is wrong, expired, disabled or revoked. */
export function isCredentialRefusal(error: unknown): boolean {
  return isApiError(error) && error.kind === "auth" && error.reason === "refused";
}

/**
 * The credential lacks the permission. A 403 from an intermediary says nothing about it. Neither
 * does a 403 for which Cloudflare gives another reason, such as the network's address.
 */
function isPermissionRefusal(error: unknown): boolean {
  return (
    isApiError(error) &&
    error.kind === "forbidden" &&
    error.reason === "refused" &&
    denialOf(error.problems) === undefined
  );
}
