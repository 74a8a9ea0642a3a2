import * as l10n from "@vscode/l10n";
import { Connector } from "../cloudflare/connect.ts";
import type { AccountId } from "../domain/account.ts";
import { isApiError } from "../domain/apiError.ts";
import type { CloudflareClient, Connection, Rejected } from "../domain/cloudflareClient.ts";
import type { AccountResources } from "../domain/files/accountDocuments.ts";
import { accountIn, credentialIn, type Environment } from "./environment.ts";
import { CommandError, reasonInWords } from "./failures.ts";

const API_ROOT = "https://api.cloudflare.com/client/v4";

/** A command reads an account once and people wait for it; an editor reads it every minute. */
const PAGES_AHEAD = 12;

export interface AccountOptions {
  readonly environment: Environment;
  /** The values of the options; undefined where they weren't given. */
  readonly account: string | undefined;
  readonly apiRoot: string | undefined;
  readonly version: string;
}

/** The account that a command works on. */
export class RemoteAccount {
  readonly id: AccountId;
  readonly api: CloudflareClient;
  readonly #connection: Connection;

  /** Sends nothing. Throws a CommandError where a credential or an account is missing. */
  constructor({ environment, account, apiRoot = API_ROOT, version }: AccountOptions) {
    const credential = credentialIn(environment);
    this.id = accountIn(environment, account);
    this.#connection = new Connector().connect({
      apiRoot,
      credential,
      userAgent: `mcp-portals-cli/${version}`,
      pagesAhead: PAGES_AHEAD,
    });
    this.api = this.#connection.client(this.id);
  }

  /**
   * Rejects with an ApiError, or with a CommandError where there is no such account or a part of it
   * can't be read: what isn't seen would look as if it weren't there.
   * @param expected how many servers there probably are, such as those that have a file
   */
  async read(expected?: number): Promise<AccountResources> {
    try {
      const [servers, portals] = await Promise.all([
        this.api.listServers({ expected }),
        this.api.listPortals(),
      ]);
      refuseRejected([...servers.rejected, ...portals.rejected]);
      return {
        servers: new Map(servers.items.map((server) => [server.id, server])),
        portals: new Map(portals.items.map((portal) => [portal.id, portal])),
      };
    } catch (error) {
      throw isApiError(error) && error.kind === "notFound" ? this.#missing(error) : error;
    }
  }

  close(): Promise<void> {
    return this.#connection.close();
  }

  #missing(cause: unknown): CommandError {
    const words = l10n.t("Cloudflare has no account {0} that this credential may see.", this.id);
    return new CommandError(2, words, { cause });
  }
}

function refuseRejected([first]: readonly Rejected[]): void {
  if (first !== undefined) {
    throw new CommandError(2, reasonInWords(first.error), { cause: first.error });
  }
}
