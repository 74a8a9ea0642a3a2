import type { Account, AccountId, Credential } from "../model/client/account.ts";
import type { Mark, Register } from "./register.ts";
import type { StoredAccount, Vault } from "./vault.ts";

/** A sign-in that is good here and now. */
export interface SignedIn {
  readonly stored: StoredAccount;
  readonly readOnly: boolean;
}

/** What a look at vault and register shows of one account. */
export type Found =
  | ({ readonly kind: "signedIn" } & SignedIn)
  | { readonly kind: "signedOut" }
  | { readonly kind: "broken" }
  /** Another window has a newer credential, which this one's copy of the secrets doesn't have. */
  | { readonly kind: "newerElsewhere" };

/** Keeps vault and register in step, over all windows. */
export class Keeper {
  readonly #vault: Vault;
  readonly #register: Register;

  constructor(vault: Vault, register: Register) {
    this.#vault = vault;
    this.#register = register;
  }

  ids(): Promise<readonly AccountId[]> {
    return this.#vault.ids();
  }

  /**
   * The secret goes first: whoever sees the new mark finds the new secret. The register is read
   * right before, because another window may have moved on.
   */
  async signIn(account: Account, apiRoot: string, credential: Credential): Promise<SignedIn> {
    const generation = ((await this.#register.read(account.id))?.generation ?? 0) + 1;
    const stored = { account, apiRoot, credential, generation };
    await this.#vault.save(stored);
    await this.#register.write(account.id, { generation, signedIn: true, readOnly: false });
    return { stored, readOnly: false };
  }

  /** The mark goes first: it is what stops the other windows. */
  async signOut(id: AccountId): Promise<void> {
    try {
      const generation = ((await this.#register.read(id))?.generation ?? 0) + 1;
      await this.#register.write(id, { generation, signedIn: false, readOnly: false });
    } finally {
      await this.#vault.remove(id);
    }
  }

  /** Removes this machine's credential, and tells no other window. */
  forget(id: AccountId): Promise<void> {
    return this.#vault.remove(id);
  }

  /** Kept until the credential changes. */
  async keepReadOnly(id: AccountId, generation: number): Promise<void> {
    if (!(await this.isCurrent(id, generation))) return;
    await this.#register.write(id, { generation, signedIn: true, readOnly: true });
  }

  /** False once any window has signed the account out or in anew. */
  async isCurrent(id: AccountId, generation: number): Promise<boolean> {
    const mark = await this.#register.read(id);
    return mark === undefined || (mark.signedIn && mark.generation <= generation);
  }

  async find(id: AccountId): Promise<Found> {
    const stored = await this.#vault.read(id);
    if (stored === "broken") return { kind: "broken" };
    const mark = await this.#register.read(id);
    if (mark?.signedIn === false && stored !== undefined && isOutdated(stored, mark)) {
      // This window's copy would come back with the next secret that it stores.
      await this.#vault.remove(id);
      return { kind: "signedOut" };
    }
    if (stored === undefined) return { kind: "signedOut" };
    // Not removed: that would write this window's copy over the newer one.
    if (mark !== undefined && isOutdated(stored, mark)) return { kind: "newerElsewhere" };
    return { kind: "signedIn", stored, readOnly: readOnlyOf(stored, mark) };
  }
}

function isOutdated({ generation }: StoredAccount, mark: Mark): boolean {
  return mark.signedIn ? generation < mark.generation : generation <= mark.generation;
}

function readOnlyOf({ generation }: StoredAccount, mark: Mark | undefined): boolean {
  return mark?.generation === generation && mark.readOnly;
}
