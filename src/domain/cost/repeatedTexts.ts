import type { ExposedCapability } from "../catalogue/serverCatalogue.ts";
import { walkSchema } from "../clients/schemaWalk.ts";
import type { CountTokens } from "./sums.ts";

/** A text that several tools have in common. */
export interface RepeatedText {
  readonly text: string;
  /** The tools that have it, each once, in the order of the list. */
  readonly tools: readonly ExposedCapability[];
  /** How often it is there in all; a tool may repeat itself. */
  readonly count: number;
  /** Tokens that its repetitions cost, all but the first; undefined where they aren't counted yet. */
  readonly wasted: number | undefined;
}

/** Shorter texts are words such as "The id", which nobody could leave out. */
const LEAST_LENGTH = 60;

/**
 * The paragraphs of descriptions, those of parameters too, that several tools repeat; the costliest
 * first. Linear in the length of all texts.
 * @param most how many to name
 */
export function repeatedTexts(
  exposed: readonly ExposedCapability[],
  count: CountTokens,
  most = 20,
): readonly RepeatedText[] {
  const found = new Map<string, Found>();
  for (const shown of exposed) {
    if (shown.kind === "tool" && shown.enabled) {
      addTexts(shown, found);
    }
  }
  const repeated = [...found]
    .filter(([, { tools }]) => tools.length > 1)
    // By length, because counting tokens takes longer than everything else.
    .sort(([one, a], [other, b]) => other.length * (b.count - 1) - one.length * (a.count - 1))
    .slice(0, most);
  return repeated
    .map(([text, { tools, count: times }]) => {
      const tokens = count(text);
      const wasted = tokens === undefined ? undefined : tokens * (times - 1);
      return { text, tools, count: times, wasted };
    })
    .sort((one, other) => (other.wasted ?? 0) - (one.wasted ?? 0));
}

interface Found {
  readonly tools: ExposedCapability[];
  count: number;
}

function addTexts(shown: ExposedCapability, found: Map<string, Found>): void {
  addParagraphs(shown.description, shown, found);
  walkSchema(shown.capability.source["inputSchema"], "inputSchema", ({ schema }) => {
    addParagraphs(schema["description"], shown, found);
  });
}

/** Ends of lines with blanks between them. */
const BETWEEN = /\n[^\S\n]*\n\s*/u;

function addParagraphs(text: unknown, shown: ExposedCapability, found: Map<string, Found>): void {
  if (typeof text !== "string" || text.length < LEAST_LENGTH) {
    return;
  }
  for (const part of text.split(BETWEEN)) {
    const paragraph = part.trim();
    if (paragraph.length < LEAST_LENGTH) {
      continue;
    }
    const known = found.get(paragraph) ?? { tools: [], count: 0 };
    found.set(paragraph, known);
    known.count += 1;
    if (known.tools.at(-1) !== shown) {
      known.tools.push(shown);
    }
  }
}
