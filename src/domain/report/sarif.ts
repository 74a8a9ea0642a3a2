import { jsonText } from "../../base/jsonText.ts";
import type { Severity } from "../checks/finding.ts";
import { CHECKS } from "../checks/rules.ts";
import { filePath, LOCK_FILE } from "../files/filePaths.ts";
import { PORTAL } from "../portals/portal.ts";
import { SERVER } from "../servers/server.ts";
import { findingInWords } from "./lines.ts";
import type { FilePlace, ReportedFinding } from "./reportedFinding.ts";
import { untrustedLine } from "./untrustedLine.ts";

export interface SarifOptions {
  /** The version of the program, as semantic versioning has it. */
  readonly version: string;
  /** A rule in one sentence; undefined where there is none. */
  titleOf(rule: string): string | undefined;
  /** A short text that tells texts apart, and is the same in each run. */
  hash(text: string): string;
}

/**
 * The findings as a SARIF log. Source: OASIS, SARIF 2.1.0, and GitHub's documentation, "SARIF support
 * for code scanning".
 */
export function sarifOf(findings: readonly ReportedFinding[], options: SarifOptions): string {
  const rules = [...new Set(findings.map(({ rule }) => rule))].sort();
  const indexes = new Map(rules.map((rule, index) => [rule, index]));
  const fingerprints = fingerprintsOf(findings);
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "mcp-portals",
            semanticVersion: options.version,
            rules: rules.map((rule) => ruleOf(rule, findings, options)),
          },
        },
        columnKind: "utf16CodeUnits",
        results: findings.map((finding, index) => ({
          ruleId: finding.rule,
          ruleIndex: indexes.get(finding.rule),
          level: LEVELS[finding.severity],
          message: { text: messageText(findingInWords(finding)) },
          locations: [locationOf(finding)],
          partialFingerprints: {
            "mcpPortalsFinding/v1": options.hash(fingerprints[index] ?? ""),
          },
          properties: { severity: finding.severity },
        })),
      },
    ],
  };
  return `${jsonText(log, INDENTED_DEPTH)}\n`;
}

/** Down to the properties of a result. */
const INDENTED_DEPTH = 6;

const LEVELS: Readonly<Record<Severity, "error" | "warning" | "note">> = {
  error: "error",
  warning: "warning",
  information: "note",
  hint: "note",
};

function ruleOf(rule: string, findings: readonly ReportedFinding[], { titleOf }: SarifOptions) {
  const severity =
    CHECKS.find(({ id }) => id === rule)?.severity ??
    findings.find((finding) => finding.rule === rule)?.severity ??
    "warning";
  const title = titleOf(rule);
  const [family = rule] = rule.split("/");
  return {
    id: rule,
    ...(title === undefined ? {} : { shortDescription: { text: messageText(title) } }),
    defaultConfiguration: { level: LEVELS[severity] },
    properties: { tags: [family] },
  };
}

/**
 * GitHub refuses a result without a file. A resource that has none is placed in the one that `pull`
 * would write.
 */
function locationOf(finding: ReportedFinding) {
  const { server, portal, kind, name } = finding;
  const resource =
    portal === undefined
      ? server !== undefined && { kind: "resource", name: server }
      : { kind: "resource", name: portal };
  const capability = kind !== undefined && name !== undefined && { kind: "member", name };
  const logical = [resource, capability].filter((each) => each !== false);
  return {
    physicalLocation: physicalOf(finding.file) ?? {
      artifactLocation: { uri: uriOf(pathOfPulled(finding)) },
    },
    ...(logical.length === 0 ? {} : { logicalLocations: logical }),
  };
}

function physicalOf(file: FilePlace | undefined) {
  return file && { artifactLocation: { uri: uriOf(file.path) }, region: file.region };
}

function pathOfPulled({ server, portal }: ReportedFinding): string {
  if (portal !== undefined) {
    return filePath(PORTAL, portal.toWellFormed());
  }
  return server === undefined ? LOCK_FILE : filePath(SERVER, server.toWellFormed());
}

function uriOf(path: string): string {
  return path
    .toWellFormed()
    .split("/")
    .map((part) => encodeURIComponent(part))
    .join("/");
}

/**
 * A text in which nothing is a link or a placeholder. A message of SARIF takes `[words](address)` for a
 * link and `{0}` for an argument. Source: SARIF 2.1.0, 3.11.5 and 3.11.6.
 */
function messageText(text: string): string {
  return untrustedLine(text)
    .replaceAll("](", "] (")
    .replace(/\{(\d+)\}/gu, "{{$1}}");
}

/**
 * What makes each finding the same in the next run. Words and lines change while a problem stays, so
 * they aren't in it; of several findings in one place the later ones are counted.
 */
function fingerprintsOf(findings: readonly ReportedFinding[]): readonly string[] {
  const counts = new Map<string, number>();
  return findings.map(({ rule, server, portal, kind, name, pointer }) => {
    const identity = JSON.stringify([rule, portal, server, kind, name, pointer]);
    const count = counts.get(identity) ?? 0;
    counts.set(identity, count + 1);
    return `${identity} ${count}`;
  });
}
