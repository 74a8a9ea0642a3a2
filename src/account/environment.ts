import process from "node:process";

/** CLOUDFLARE_API_TOKEN, when it is set. */
export function fromEnvironment(): string | undefined {
  return trimmed("CLOUDFLARE_API_TOKEN");
}

/** CLOUDFLARE_ACCOUNT_ID, when it is set: a suggestion where an account id is asked for. */
export function accountIdFromEnvironment(): string | undefined {
  return trimmed("CLOUDFLARE_ACCOUNT_ID");
}

function trimmed(name: string): string | undefined {
  const value = process.env[name]?.trim();
  return value === "" ? undefined : value;
}
