import * as l10n from "@vscode/l10n";

/** With whom a policy shares. There is none for everyone. */
export type Audience =
  | { readonly kind: "emails"; readonly emails: readonly string[] }
  | { readonly kind: "domain"; readonly domain: string }
  | { readonly kind: "group"; readonly id: string; readonly name: string };

/** As many as a preview can list. */
const MOST_EMAILS = 20;
const EMAIL_MAX_LENGTH = 254;

const DOMAIN = /^(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+[a-z][a-z\d-]{0,61}[a-z\d]$/u;
const LOCAL_PART = /^[\w.!#$%&'+/=?^`{|}~-]+$/u;

/** Where anybody gets an address, so that such a domain would stand for everyone. */
const PUBLIC_DOMAINS: ReadonlySet<string> = new Set([
  "163.com",
  "aol.com",
  "gmail.com",
  "gmx.com",
  "gmx.de",
  "gmx.net",
  "googlemail.com",
  "hotmail.com",
  "icloud.com",
  "live.com",
  "mail.com",
  "mail.ru",
  "me.com",
  "msn.com",
  "outlook.com",
  "proton.me",
  "protonmail.com",
  "qq.com",
  "web.de",
  "yahoo.com",
  "yandex.com",
  "yandex.ru",
  "zoho.com",
]);

/** The emails in a text, each once, in small letters. They stand apart by commas or spaces. */
export function emailsIn(text: string): readonly string[] {
  const parts = text.toLowerCase().split(/[\s,;]+/u);
  return [...new Set(parts.filter((part) => part !== ""))];
}

/** Why a text isn't a list of emails; undefined where it is one. */
export function emailsProblem(text: string): string | undefined {
  const emails = emailsIn(text);
  if (emails.length === 0) {
    return l10n.t("Enter at least one email.");
  }
  const wrong = emails.find((email) => !isEmail(email));
  if (wrong !== undefined) {
    return l10n.t("“{0}” isn't an email.", wrong);
  }
  return emails.length > MOST_EMAILS
    ? l10n.t("At most {0} emails. Take a domain or an Access group for more people.", MOST_EMAILS)
    : undefined;
}

function isEmail(text: string): boolean {
  const at = text.lastIndexOf("@");
  return (
    text.length <= EMAIL_MAX_LENGTH &&
    LOCAL_PART.test(text.slice(0, Math.max(at, 0))) &&
    DOMAIN.test(text.slice(at + 1))
  );
}

/** The domain of emails that a text names, with or without the @ before it. */
export function emailDomainIn(text: string): string {
  return text.trim().toLowerCase().replace(/^@/u, "");
}

/** Why a text isn't the domain of emails; undefined where it is one. */
export function emailDomainProblem(text: string): string | undefined {
  const domain = emailDomainIn(text);
  if (!DOMAIN.test(domain)) {
    return l10n.t("A domain of emails, such as {0}.", "example.com");
  }
  return PUBLIC_DOMAINS.has(domain)
    ? l10n.t("Anybody can get an email at {0}. Name the people by their emails instead.", domain)
    : undefined;
}
