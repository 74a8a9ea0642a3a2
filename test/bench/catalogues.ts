/**
 * Servers for the checks, as varied as real ones. A tool of nine real servers has on average 26
 * strings, 18 objects, 550 characters of text in 1,200 of JSON, and 17 texts that are read, 2 of
 * which make a rule look closer. These servers have the same averages, and hardly any text twice.
 */
export function wireServer(index: number, tools: number): unknown {
  const chance = new Chance(index + 1);
  const id = `server-${String(index).padStart(5, "0")}`;
  return {
    id,
    name: `Server ${index}`,
    hostname: `https://${id}.example/mcp`,
    auth_type: "unauthenticated",
    status: "ready",
    tools: Array.from({ length: tools }, (_, place) => wireTool(chance, place)),
    prompts: [],
    updated_tools: [],
    updated_prompts: [],
  };
}

function wireTool(chance: Chance, place: number): unknown {
  const name = `${chance.of(VERBS)}_${chance.name(1 + chance.below(2))}_${place}`;
  return {
    name,
    ...(chance.is(0.3) ? { title: chance.sentence(20) } : {}),
    description: chance.sentence(chance.is(0.15) ? 700 : 20 + chance.below(160)),
    inputSchema: {
      $schema: "http://json-schema.org/draft-07/schema#",
      ...objectOf(chance, 1 + chance.below(5), 1),
      additionalProperties: false,
    },
    annotations: {
      title: chance.sentence(14),
      readOnlyHint: chance.is(0.5),
      destructiveHint: false,
      openWorldHint: true,
    },
    ...(chance.is(0.15) ? { outputSchema: objectOf(chance, 3, 2) } : {}),
  };
}

function objectOf(chance: Chance, count: number, depth: number): object {
  const names = Array.from({ length: count }, () => chance.name(1 + chance.below(3)));
  return {
    type: "object",
    properties: Object.fromEntries(names.map((name) => [name, property(chance, depth)])),
    required: names.slice(0, 2),
  };
}

function property(chance: Chance, depth: number): object {
  const description = chance.is(0.7) ? { description: chance.sentence(16 + chance.below(70)) } : {};
  if (depth < 3 && chance.is(0.25)) {
    const items = objectOf(chance, 1 + chance.below(3), depth + 1);
    return chance.is(0.5) ? { ...items, ...description } : { type: "array", items, ...description };
  }
  if (chance.is(0.2)) {
    const values = Array.from({ length: 3 }, () => chance.name(1));
    return { type: "string", enum: values, ...description };
  }
  return { type: chance.is(0.7) ? "string" : "number", ...description };
}

const VERBS = "list get create update delete search export compare validate archive".split(" ");

/** The first words are the most frequent, as in any language. */
const WORDS =
  `the and to of or in page for a with on file if is this by an as be can returns you from
only use all new that within element text multiple get create tool list content source repository more
request target not query current single when id context based data search update type one are project
previous its call browser network name user code number match resource block paths between which last
each have into fill over output through selected full information before branch commit after default
issue value field string optional order ticket region metric event invoice device release calendar
document customer report status time zone version limit offset sort filter column table row format
message send token include path url response server error result must should first never always option
account address amount archive attach author balance batch body bucket build cache channel chart class
client cluster color comment company condition config connection contact copy count country currency
dashboard database date delivery deploy detail directory discount domain download draft duration edit
email endpoint environment expire export feature feed folder follow forecast form function gateway
graph group header history host image import index input instance instruction interval item job key
label language layer length level library license line link location log manager map market member
memory merge method metadata model module monitor month node note object operation organization owner
package parameter parent partner password payment percent period permission phone plan platform point
policy port post price priority process product profile property provider public queue range rate read
record reference remove rename replace reply review role rule sample schedule schema scope screen
secret section security segment select service session set share shipment signal site size snapshot
space stage start state step storage store stream subject subscription summary support table tag task
team template tenant test theme thread title topic total track transaction transfer trigger unit usage
validate vendor view volume warehouse weather webhook week widget window worker workflow write year
message send token include`
    .split(/\s+/)
    .filter((word) => word !== "");

/** The same numbers each time, so that runs can be compared. */
class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = Math.imul(seed, 0x9e3779b1);
  }

  /** Marsaglia's xorshift: from 0 up to but not including 1. */
  next(): number {
    let state = this.#state;
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    this.#state = state;
    return (state >>> 0) / 2 ** 32;
  }

  is(probability: number): boolean {
    return this.next() < probability;
  }

  below(most: number): number {
    return Math.floor(this.next() * most);
  }

  of(list: readonly string[]): string {
    return list[this.below(list.length)] ?? "";
  }

  /** A random word, rarely one from the end of the list. */
  word(): string {
    return WORDS[Math.floor(this.next() ** 3.2 * WORDS.length)] ?? "";
  }

  name(parts: number): string {
    const words = Array.from({ length: parts }, () => this.word());
    if (this.is(0.5)) {
      return words.join("_");
    }
    return words.map((word, index) => (index === 0 ? word : capitalised(word))).join("");
  }

  /** A sentence of at least so many characters, sometimes with a name in it. */
  sentence(least: number): string {
    let text = capitalised(this.word());
    let ends = 12;
    while (text.length < least) {
      ends -= 1;
      text += ends === 0 ? `. ${capitalised(this.word())}` : ` ${this.word()}`;
      if (ends === 0) {
        ends = 6 + this.below(12);
      }
      if (this.is(0.02)) {
        text += ` \`${this.name(2)}\``;
      } else if (this.is(0.04)) {
        text += ` (e.g. "${this.below(1000)}")`;
      }
    }
    return `${text}.`;
  }
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
