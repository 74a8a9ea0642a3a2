/**
 * `JSON.stringify` overflows the stack near 4,500 levels. All stored values are written again, in
 * every list and into the state file.
 */
export const MAX_JSON_DEPTH = 2000;

/** Undefined where the text isn't JSON, or is nested too deep to be written again. */
export function parseJson(text: string): unknown {
  if (jsonDepth(text) > MAX_JSON_DEPTH) {
    return undefined;
  }
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** True when a value from outside can be stored. */
export function isWritable(value: unknown): boolean {
  try {
    return jsonDepth(JSON.stringify(value) ?? "") <= MAX_JSON_DEPTH;
  } catch {
    return false;
  }
}

/**
 * The depth to which the brackets of a JSON text are nested. Brackets inside strings don't count.
 */
function jsonDepth(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let index = 0; index < text.length; index += 1) {
    const char = text[index];
    if (char === '"') {
      index = endOfString(text, index);
    } else if (char === "[" || char === "{") {
      depth += 1;
      deepest = Math.max(deepest, depth);
    } else if (char === "]" || char === "}") {
      depth -= 1;
    }
  }
  return deepest;
}

/** @param start index of the opening quote. @returns that of the closing one */
function endOfString(text: string, start: number): number {
  let index = start + 1;
  while (index < text.length && text[index] !== '"') {
    index += text[index] === "\\" ? 2 : 1;
  }
  return index;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
