import type { CapabilityKind } from "../catalogue/capability.ts";
import type { Finding, Severity } from "../checks/finding.ts";
import { placeOfFinding } from "../checks/findingPlace.ts";
import type { PlacedFinding } from "../checks/settings.ts";
import { type Places, placesIn } from "../documents/places.ts";
import { type LineIndex, lineIndexOf, type Region } from "./region.ts";

/** A finding as a report tells it: with its resource, and its place where that has a file. */
export interface ReportedFinding {
  /** An id of docs/checks.md, or of a rule that only reports have. */
  readonly rule: string;
  readonly severity: Severity;
  /** The id of the server; in a portal, of the server whose mapping it is about. */
  readonly server?: string;
  readonly portal?: string;
  readonly kind?: CapabilityKind;
  /** The upstream's name of the tool or prompt. Untrusted. */
  readonly name?: string;
  /** Quotes names and texts of upstreams. */
  readonly message: string;
  /** Where it is in the resource's document, as RFC 6901 has it. */
  readonly pointer?: string;
  readonly file?: FilePlace;
}

export interface FilePlace {
  /** Relative to the folder of the command, with slashes. */
  readonly path: string;
  readonly region: Region;
}

/** A file that has the text of a document. */
export interface ReportedFile {
  readonly path: string;
  readonly text: string;
}

/** The resource that a finding is reported in. */
export type ReportedResource =
  | { readonly server: string; readonly portal?: undefined }
  | { readonly portal: string };

/**
 * All findings of an account, those of a resource together, the most severe first.
 * @param fileOf undefined where a resource has no file
 */
export function reportFindings(
  placed: readonly PlacedFinding[],
  fileOf: (resource: ReportedResource) => ReportedFile | undefined,
): readonly ReportedFinding[] {
  const byResource = Map.groupBy(placed, resourceKey);
  return [...byResource.values()].flatMap((findings) => {
    const [first] = findings;
    const file = first && fileOf(first);
    const place = file && placesInFile(file);
    return findings
      .map((each) => reported(each, place?.(each.finding)))
      .sort((one, other) => rankOf(one.severity) - rankOf(other.severity));
  });
}

/** The order of severities, the worst first. */
export function rankOf(severity: Severity): number {
  return RANKS[severity];
}

const RANKS: Readonly<Record<Severity, number>> = { error: 0, warning: 1, information: 2, hint: 3 };

function resourceKey(placed: PlacedFinding): string {
  return JSON.stringify([placed.portal === undefined ? placed.server : "", placed.portal]);
}

function reported(placed: PlacedFinding, file: FilePlace | undefined): ReportedFinding {
  const { rule, severity, message, path, subject, mapping } = placed.finding;
  const server = placed.portal === undefined ? placed.server : mapping;
  return {
    rule,
    severity,
    ...(server === undefined ? {} : { server }),
    ...(placed.portal === undefined ? {} : { portal: placed.portal }),
    ...(subject === undefined ? {} : { kind: subject.kind, name: subject.name }),
    message,
    pointer: pointerOf(path),
    ...(file === undefined ? {} : { file }),
  };
}

function placesInFile({ path, text }: ReportedFile): (finding: Finding) => FilePlace {
  const places: Places = placesIn(text);
  const lines: LineIndex = lineIndexOf(text);
  return (finding) => ({ path, region: lines.region(placeOfFinding(text, places, finding)) });
}

/** A path as a JSON pointer. Source: RFC 6901. */
export function pointerOf(path: readonly string[]): string {
  return path.map((key) => `/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}
