import * as l10n from "@vscode/l10n";
import type { Region } from "./region.ts";
import type { ReportedFinding } from "./reportedFinding.ts";

/** The rules of the waivers themselves. */
export const WAIVER_RULES = ["waiver/expired", "waiver/useless"] as const;

/** Findings that somebody decided to live with. A key that is left out fits everything. */
export interface Waiver {
  readonly rule: string;
  readonly server?: string;
  readonly portal?: string;
  /** The upstream's name of a tool or prompt. */
  readonly name?: string;
  readonly reason: string;
  /** The last day on which it holds, as ISO 8601 has it. */
  readonly expires?: string;
  /** Where it is in its file. */
  readonly region: Region;
}

export interface Waived {
  /** What no waiver fits, and a warning for each waiver that has expired or fits nothing. */
  readonly findings: readonly ReportedFinding[];
  /** How many findings were left out. */
  readonly count: number;
}

/**
 * Leaves out what is waived.
 * @param path of the file of the waivers
 * @param today as ISO 8601 has it, in UTC
 */
export function applyWaivers(
  findings: readonly ReportedFinding[],
  waivers: readonly Waiver[],
  { path, today }: { readonly path: string; readonly today: string },
): Waived {
  const byRule = Map.groupBy(waivers, ({ rule }) => rule);
  const used = new Set<Waiver>();
  const kept = findings.filter((finding) => {
    const fitting = (byRule.get(finding.rule) ?? []).filter((waiver) => fits(waiver, finding));
    for (const waiver of fitting) {
      used.add(waiver);
    }
    return !fitting.some((waiver) => !hasExpired(waiver, today));
  });
  const notes = waivers.flatMap((waiver) => noteOf(waiver, { path, today, used }) ?? []);
  return { findings: [...kept, ...notes], count: findings.length - kept.length };
}

function fits({ server, portal, name }: Waiver, finding: ReportedFinding): boolean {
  return (
    (server === undefined || server === finding.server) &&
    (portal === undefined || portal === finding.portal) &&
    (name === undefined || name === finding.name)
  );
}

/** Two days compare as their texts do. */
function hasExpired({ expires }: Waiver, today: string): boolean {
  return expires !== undefined && expires < today;
}

interface Application {
  readonly path: string;
  readonly today: string;
  readonly used: ReadonlySet<Waiver>;
}

function noteOf(waiver: Waiver, { path, today, used }: Application): ReportedFinding | undefined {
  const { rule, server, portal, name, expires, region } = waiver;
  const [expired, useless] = WAIVER_RULES;
  const about = {
    severity: "warning",
    ...(server === undefined ? {} : { server }),
    ...(portal === undefined ? {} : { portal }),
    file: { path, region },
  } as const;
  const what = name === undefined ? rule : `${rule} (${name})`;
  if (!used.has(waiver)) {
    const message = l10n.t("The waiver of {0} fits no problem. It can be removed.", what);
    return { ...about, rule: useless, message };
  }
  if (expires !== undefined && hasExpired(waiver, today)) {
    const message = l10n.t("The waiver of {0} expired on {1}.", what, expires);
    return { ...about, rule: expired, message };
  }
  return undefined;
}
