import { deepEqual } from "node:assert/strict";
import { type Literal, type Literals, readLiterals } from "../../l10n/literals.ts";

/**
 * Texts that aren't for people, or aren't ours to translate: a file, or a text in a file, with the
 * reason.
 */
const ALLOWED: readonly (readonly [place: string, reason: string, text?: string])[] = [
  [
    "src/cloudflare/",
    "details of an ApiError, for the log; domain/diagnosis/apiErrors.ts has the words for people",
  ],
  [
    "src/domain/checks/security/",
    "phrases to look for in texts that a model reads; names of firms",
  ],
  ["src/domain/clients/configurations.ts", "names of clients, and what their files hold"],
  ["src/domain/clients/tables/", "names of clients, and who says so"],
  ["src/domain/cost/countedText.ts", "stands for texts of Cloudflare's, and is only counted"],
  ["src/domain/diagnosis/denials.ts", "words of Cloudflare's to look for"],
  ["src/domain/diagnosis/diagnosesBy", "what to look for in Cloudflare's own words"],
  ["src/domain/assistant/toolTable.ts", "models read it, and read English"],
  ...[
    "The server has no tool {…}.",
    "Give a portal.",
    "The portal has nothing called {…}.",
    "Give a client: {…}.",
  ].map(
    (text) =>
      [
        "src/features/assistant/answers.ts",
        "an answer to a model, which reads English",
        text,
      ] as const,
  ),
  ["src/features/assistant/propose.ts", "answers to a model, which reads English"],
  ["src/features/assistant/subject.ts", "answers to a model, which reads English"],
  ["src/domain/checks/collisions.ts", "keys of a set: names as two clients see them"],
  ...[
    "accept docs",
    "apply portals --yes",
    "check portals --sarif check.sarif --max-severity warning",
    "export --terraform infra",
    "plan portals",
    "pull portals",
    "sync docs --hold",
    "explain engineering",
  ].map((text) => ["src/cli/commands/", "a command as somebody types it", text] as const),
  ["src/cli/plan/planFolder.ts", "a command as somebody types it", "mcp-portals pull"],
  ["src/cli/review/reviewedServers.ts", "a command as somebody types it", "mcp-portals pull"],
  ["src/cli/apply/machine.ts", "a folder of Windows", "Local"],
  ["src/domain/registry/serverJson.ts", "a header of HTTP", "Authorization"],
  ["src/editor/pages.ts", "the HTML around a page's script, without a word in it"],
  ...["Escape", "Enter", "Home", "End"].map(
    (key) => ["src/pages/", "the name of a key", key] as const,
  ),
  ["src/editor/log.ts", "the log is in one language, for whoever helps"],
  ["src/features/accounts/verify.ts", "a detail for the log", "the token is {…}"],
  ["src/engine/reauthenticating.ts", "a cancellation is never told", "The account was signed out"],
  ["src/manifest.ts", "the name by which scripts and filters find our problems", "MCP Portals"],
  ["src/domain/reach/chain.ts", "Cloudflare's own names of permissions"],
  ["src/domain/access/newAccess.ts", "names of policies, which all administrators see alike"],
  ["src/features/reach/askAudience.ts", "an example of a domain", "example.com"],
  ["src/features/portals/addPortal.ts", "an example of a host", "mcp.example.com"],
  ["src/features/servers/addServer.ts", "an example of a URL", "https://docs.example.com/mcp"],
  ["src/features/servers/askCredentials.ts", "an example of a header", "X-Api-Key"],
];

/** Properties and parameters whose values VS Code shows, including those of our own functions. */
const SHOWN: ReadonlySet<string> = new Set([
  "category",
  "detail",
  "items",
  "label",
  "message",
  "openLabel",
  "placeHolder",
  "placeholder",
  "prompt",
  "saveLabel",
  "title",
  "tooltip",
  "validationMessage",
]);

/**
 * Two words with a space between them, one of which may be an expression, or a single word such as
 * "Save".
 */
const WORDS =
  /\p{L}[\p{P}]*\s+[\p{L}(]|\p{L}[:,]?\s+\{…\}|\{…\}[:,]?\s+\p{L}|^\p{Lu}\p{Ll}+[….!?]?$/u;
const ICON = /\$\([\w-]+(?:~\w+)?\)\s*/g;

const readsAsWords = ({ text, becomes }: Literal): boolean => {
  // Names for style sheets.
  if (becomes === "class") {
    return false;
  }
  const bare = text.replaceAll(ICON, "");
  return (
    WORDS.test(bare) || (SHOWN.has(becomes ?? "") && /\p{L}/u.test(bare.replaceAll("{…}", "")))
  );
};

const isAllowed =
  (literal: Literal) =>
  ([place, , text]: (typeof ALLOWED)[number]): boolean =>
    literal.place.startsWith(place) && (text === undefined || text === literal.text);

describe("a text that people read", function () {
  // TypeScript reads all sources for it.
  this.timeout(60_000);

  let literals: Literals;
  before(() => {
    literals = readLiterals();
  });

  it("goes through l10n.t", () => {
    const words = literals.outside.filter(readsAsWords);
    deepEqual(
      words
        .filter((literal) => !ALLOWED.some(isAllowed(literal)))
        .map(({ place, text }) => `${place} ${JSON.stringify(text)}`),
      [],
    );
  });

  it("has no reason listed to go past l10n.t that holds no longer", () => {
    const words = literals.outside.filter(readsAsWords);
    deepEqual(
      ALLOWED.filter((allowed) => !words.some((literal) => isAllowed(literal)(allowed))),
      [],
    );
  });

  it("stands in the call of l10n.t, where the exporter finds it", () => {
    deepEqual(literals.unreadable, []);
  });

  it("is localized when it is needed, not while a module loads", () => {
    deepEqual(literals.early, []);
  });
});
