import { isRecord } from "../../base/json.ts";

type Headers = ReadonlyMap<string, string>;

/** Most characters of a pasted text. A longer one is no list of headers. */
const LONGEST = 64 * 1024;

const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/u;

/**
 * Parses headers that a person pasted: JSON as an object or a list, arguments of curl, or lines of
 * "Name: value". Undefined for any other text. Where a name occurs twice, the last value counts.
 */
export function headersInText(text: string): Headers | undefined {
  const trimmed = text.trim();
  if (trimmed === "" || trimmed.length > LONGEST) {
    return undefined;
  }
  const found = fromJson(trimmed) ?? fromCurl(trimmed) ?? fromLines(linesOf(trimmed));
  return found === undefined || found.size === 0 ? undefined : found;
}

function fromJson(text: string): Headers | undefined {
  try {
    return fromValue(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function fromValue(value: unknown): Headers | undefined {
  if (Array.isArray(value)) {
    const lines = value.filter((each): each is string => typeof each === "string");
    return lines.length === value.length
      ? fromLines(lines.filter((line) => !isHeaderFlag(line) && line !== "curl"))
      : collected(value.map(pairOf));
  }
  if (!isRecord(value)) {
    return undefined;
  }
  const pair = pairOf(value);
  if (pair !== undefined) {
    return collected([pair]);
  }
  const inside = value["headers"];
  return typeof inside === "object" && inside !== null
    ? fromValue(inside)
    : collected(Object.entries(value));
}

/** One header as an object: `{"name": …, "value": …}`, or with `key`. */
function pairOf(item: unknown): readonly [string, unknown] | undefined {
  if (Array.isArray(item)) {
    return item.length === 2 && typeof item[0] === "string" ? [item[0], item[1]] : undefined;
  }
  if (!isRecord(item) || !("value" in item)) {
    return undefined;
  }
  const name = item["name"] ?? item["key"];
  return typeof name === "string" ? [name, item["value"]] : undefined;
}

/** Reads `-H 'Name: value'` and `--header "Name: value"`, within a command or alone. */
function fromCurl(text: string): Headers | undefined {
  const words = text.match(/"(?:[^"\\]|\\[\s\S])*"?|'[^']*'?|[^\s"']+/gu) ?? [];
  const lines: string[] = [];
  for (const [index, word] of words.entries()) {
    const next = words[index + 1];
    const flag = unquoted(word);
    if (isHeaderFlag(flag) && next !== undefined) {
      lines.push(unquoted(next));
    }
  }
  return lines.length === 0 ? undefined : fromLines(lines);
}

function isHeaderFlag(word: string): boolean {
  return word === "-H" || word === "--header" || word === "--header=";
}

function unquoted(word: string): string {
  const first = word[0];
  if (word.length < 2 || (first !== '"' && first !== "'") || !word.endsWith(first)) {
    return word;
  }
  const inside = word.slice(1, -1);
  return first === '"' ? inside.replace(/\\(.)/gu, "$1") : inside;
}

/** A box for one line of text turns the breaks of what is pasted into spaces. */
function linesOf(text: string): readonly string[] {
  const lines = text.split(/\r?\n/u);
  return lines.length > 1
    ? lines
    : text.split(/\s(?=(?:[A-Z][0-9A-Za-z]*|[0-9A-Za-z]+(?:-[0-9A-Za-z]+)+):\s)/u);
}

function fromLines(lines: readonly string[]): Headers | undefined {
  return collected(
    lines
      .filter((line) => line.trim() !== "")
      .map((line) => {
        const end = line.indexOf(":");
        const name = line.slice(0, Math.max(0, end)).trim();
        // A colon before a slash or a digit belongs to a URL or a port.
        const isHeader = end > 0 && !/^[/\d]/u.test(line.slice(end + 1));
        return isHeader ? ([name, line.slice(end + 1).trim()] as const) : undefined;
      }),
  );
}

/** Returns undefined unless all of them are headers. */
function collected(
  pairs: readonly (readonly [string, unknown] | undefined)[],
): Headers | undefined {
  const headers = new Map<string, string>();
  for (const pair of pairs) {
    const [name, value] = pair ?? [];
    if (typeof name !== "string" || typeof value !== "string" || !NAME.test(name)) {
      return undefined;
    }
    headers.set(name, value);
  }
  return headers;
}
