import { ApiError, type FailureFacts } from "../../../../src/domain/apiError.ts";
import { aliasProblem } from "../../../../src/domain/catalogue/aliases.ts";
import { catalogueOf } from "../../../../src/domain/catalogue/serverCatalogue.ts";
import { fieldInWords, valueInWords } from "../../../../src/domain/changes/fieldWords.ts";
import { ExposedNames } from "../../../../src/domain/checks/collisions.ts";
import type { Finding } from "../../../../src/domain/checks/finding.ts";
import { type FixContext, fixesOf, fixInWords } from "../../../../src/domain/checks/fixes.ts";
import { DEFAULT_SETTINGS } from "../../../../src/domain/checks/settings.ts";
import {
  API_ERRORS,
  describeFailure,
  TRANSPORT_ERRORS,
} from "../../../../src/domain/diagnosis/apiErrors.ts";
import { diagnose } from "../../../../src/domain/diagnosis/upstream.ts";
import { checkDocument } from "../../../../src/domain/documents/check.ts";
import { serverDocument } from "../../../../src/domain/documents/serverDocument.ts";
import {
  serverDescriptionProblem,
  serverIdProblem,
  serverIdWarning,
  serverNameProblem,
  serverUrlProblem,
} from "../../../../src/domain/servers/newServer.ts";
import {
  bearerProblem,
  endpointProblem,
  headerNameProblem,
  headerValueProblem,
  redirectUrisProblem,
} from "../../../../src/domain/servers/upstreamCredentials.ts";
import { CASES } from "../../domain/checks/support/cases.ts";
import { checkCase } from "../../domain/checks/support/checking.ts";
import { server } from "../../support/servers.ts";

type Sentences = readonly (string | undefined)[];

const failure = (facts: FailureFacts): string => describeFailure(new ApiError("", facts));
const problems = [
  { code: 7001, message: "Too long", field: "updated_tools.3.alias" },
  { code: undefined, message: "Odd", field: "auth_type" },
];

function failures(): Sentences {
  return [
    ...Object.keys(API_ERRORS).map((kind) =>
      failure({ kind: kind as keyof typeof API_ERRORS, reason: "refused", problems, status: 500 }),
    ),
    ...Object.keys(TRANSPORT_ERRORS).map((reason) =>
      failure({
        kind: "invalid",
        reason: reason as keyof typeof TRANSPORT_ERRORS,
        rayId: "8f0-TST",
      }),
    ),
  ];
}

function findings(): Sentences {
  const { clients } = DEFAULT_SETTINGS;
  return Object.values(CASES).flatMap((each) => {
    // A copy, because findings are memoized by the server, in the language that was set then.
    const { hit, hitIn } = structuredClone({ hit: each.hit, hitIn: each.hitIn });
    const { servers, portals } = checkCase({ ...each, servers: hit, inPortals: hitIn });
    const ofServers = hit.flatMap((server) =>
      (servers.get(server.id) ?? []).flatMap((finding) =>
        sentencesOf(finding, {
          server,
          names: new ExposedNames(hit.map(catalogueOf)),
          clients,
        }),
      ),
    );
    const ofPortals = (hitIn?.portals ?? []).flatMap((portal) =>
      (portals.get(portal.id) ?? []).flatMap((finding) =>
        sentencesOf(finding, {
          portal,
          serverOf: (id) => hit.find((server) => server.id === id),
          names: new ExposedNames([]),
          clients,
        }),
      ),
    );
    return [...ofServers, ...ofPortals];
  });
}

function sentencesOf(finding: Finding, around: FixContext): Sentences {
  const fixes = fixesOf(finding, around).flatMap((fix) => [fix.title, fixInWords(fix)]);
  return [finding.message, ...fixes];
}

const STATUS = [401, 403, 404, 405, 408, 415, 418, 429, 500, 522, 526, 530];
const MCP = [-32600, -32601, -32602, -32603, -32050];
const CAUSES = [
  "ENOTFOUND",
  "ECONNREFUSED",
  "self-signed",
  "timed out",
  "ECONNRESET",
  "needs_reauth",
];

function diagnoses(): Sentences {
  const known = { cause: "gremlins", statusCode: undefined, mcpCode: undefined };
  return [
    ...STATUS.map((statusCode) => ({ ...known, statusCode })),
    ...MCP.map((mcpCode) => ({ ...known, mcpCode })),
    ...CAUSES.map((cause) => ({ ...known, cause })),
    known,
  ]
    .map((details) => ({ ...details, isUpstream: true, retryable: false }))
    .map((errorDetails) => diagnose(server({ status: "error", errorDetails }))?.sentence);
}

function documents(): Sentences {
  const overridden = server({ toolOverrides: [{ name: "search", alias: "find" }] });
  return [
    "[]",
    '{ "nmae": 1, "name": 2 }',
    '{ "tools": { "serach": {}, "search": { "alias": "a b", "enabled": 1 }, "search": {} } }',
    '{ "tools": { "search": { "alias": "delete_page", "description": "" } }, "prompts": {} }',
    "{}",
  ].flatMap((text) =>
    checkDocument(text, serverDocument(overridden)).map(({ message }) => message),
  );
}

function forms(): Sentences {
  const taken = new Set(["docs"]);
  return [
    ...["", "A b", "docs"].map((id) => serverIdProblem(id, taken)),
    serverIdWarning("my_docs"),
    serverNameProblem(""),
    serverNameProblem("n".repeat(1000)),
    serverDescriptionProblem("d".repeat(1000)),
    serverUrlProblem("docs"),
    ...["a b", "delete_page", "a".repeat(99)].map((alias) =>
      aliasProblem(catalogueOf(server()), "tool", "search", alias),
    ),
    ...["", "{}", "Bearer x"].map(bearerProblem),
    headerNameProblem("a b", new Set()),
    headerValueProblem(""),
    endpointProblem("http://a"),
    redirectUrisProblem("", true),
    redirectUrisProblem("a", true),
  ];
}

function fields(): Sentences {
  const field = { of: { kind: "tool", name: "search" }, key: "enabled" } as const;
  return [
    fieldInWords(field),
    valueInWords(field, null),
    valueInWords({ of: undefined, key: "name" }, null),
  ];
}

/** All sentences of domain, in the language that is set. */
export function sentences(): readonly string[] {
  return [failures, findings, diagnoses, documents, forms, fields]
    .flatMap((all) => all())
    .filter((sentence) => sentence !== undefined);
}
