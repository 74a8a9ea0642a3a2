import { hasSameItems } from "../../base/memo.ts";
import type { Finding } from "./finding.ts";

/** The inputs of a list of findings. While all of them are the same objects, the list is too. */
export interface KnownFindings {
  readonly inputs: readonly unknown[];
  readonly findings: readonly Finding[];
}

/** The known findings, while their inputs are the same; else those that `find` finds. */
export function knownFindings(
  known: KnownFindings | undefined,
  inputs: readonly unknown[],
  find: () => readonly Finding[],
): KnownFindings {
  if (known !== undefined && hasSameItems(known.inputs, inputs)) {
    return known;
  }
  const findings = find();
  const isSameList = known !== undefined && sameFindings(known.findings, findings);
  return { inputs, findings: isSameList ? known.findings : findings };
}

/** Rows and documents are drawn again only where something else was found. */
function sameFindings(one: readonly Finding[], other: readonly Finding[]): boolean {
  return (
    one.length === other.length &&
    one.every((finding, index) => {
      const now = other[index];
      return (
        finding.rule === now?.rule &&
        finding.severity === now.severity &&
        finding.message === now.message &&
        hasSameItems(finding.path, now.path)
      );
    })
  );
}
