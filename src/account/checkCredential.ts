import type { Account, Credential } from "../model/client/account.ts";
import type { Connect, Connection } from "../model/client/client.ts";
import { type Verify, verifyAccess } from "./verify.ts";

/** What signing in needs from outside. */
export interface SignInContext {
  readonly connect: Connect;
  readonly apiRoot: string;
  /** Set where the credential is to be one of this account: its last one isn't good any more. */
  readonly account?: Account | undefined;
}

/** A credential that was checked, and the accounts that it lists: maybe none. */
export interface Checked {
  readonly credential: Credential;
  readonly accounts: readonly Account[];
}

/** Is told of a credential that was checked. */
export type Found = (checked: Checked) => void;

/** Rejects with an ApiError or an UnusableError for a credential that nobody can sign in with. */
export function checkCredential(
  context: SignInContext,
  credential: Credential,
  verify: Verify,
): Promise<Checked> {
  return withConnection(context, credential, async (connection) => {
    const listed = await verify(connection);
    const accounts = context.account === undefined ? listed : [context.account];
    const [only, second] = accounts;
    // Where there is nothing to choose the access is checked now, while the input is still open.
    if (only !== undefined && second === undefined) await verifyAccess(connection, only.id);
    return { credential, accounts };
  });
}

/** A connection that ends with its use. */
export async function withConnection<T>(
  { connect, apiRoot }: SignInContext,
  credential: Credential,
  use: (connection: Connection) => Promise<T>,
): Promise<T> {
  const connection = connect({ apiRoot, credential });
  try {
    return await use(connection);
  } finally {
    await connection.close();
  }
}
