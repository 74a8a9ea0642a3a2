/** Claude's models, by how many tokens they make of what o200k counts as one. */
export interface ClaudeRange {
  readonly models: string;
  readonly least: number;
  readonly most: number;
}

/** No tokenizer of Claude's works offline, so each is a range. Measured in October 2026. */
const CLAUDE_FACTORS: readonly ClaudeRange[] = [
  { models: "≤ 4.6", least: 1.02, most: 1.05 },
  { models: "Opus ≥ 4.7", least: 1.02, most: 1.05 * 1.35 },
];

/** What o200k tokens are in Claude's, at least and at most, rounded outwards. */
export function claudeTokens(tokens: number): readonly ClaudeRange[] {
  return CLAUDE_FACTORS.map(({ models, least, most }) => ({
    models,
    least: Math.floor(tokens * least),
    most: Math.ceil(tokens * most),
  }));
}

/** The range over all of Claude's models, which is what is shown where one number is expected. */
export function claudeRange(tokens: number): Omit<ClaudeRange, "models"> {
  const ranges = claudeTokens(tokens);
  return {
    least: Math.min(...ranges.map(({ least }) => least)),
    most: Math.max(...ranges.map(({ most }) => most)),
  };
}
