/** 32 hex digits. */
export type AccountId = string;

export interface Account {
  readonly id: AccountId;
  readonly name: string;
}

/** What a request is signed with. Lives in SecretStorage and in memory, nowhere else. */
export type Credential =
  | { readonly kind: "token"; readonly token: string }
  | { readonly kind: "key"; readonly email: string; readonly key: string };

/** The answer of a token verification. Times are ISO 8601 texts. */
export interface TokenState {
  readonly id: string;
  readonly status: string;
  readonly expiresOn: string | undefined;
  readonly notBefore: string | undefined;
}
