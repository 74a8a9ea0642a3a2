/** Pieces that make careless expressions quadratic, whatever they look for. */
const GENERIC: readonly string[] = [
  ".",
  " ",
  "a",
  "A",
  "0",
  "a.",
  "a ",
  "a b",
  '"',
  "'",
  "`",
  "/",
  "\\",
  "\n",
  "\n ",
  "\r",
  "\t",
  "-",
  "_",
  "<",
  "{",
  "(",
  "[",
  "=",
  ":",
  "@",
  ",",
  "\u00a0",
  "é",
  "中",
  "a.b@",
  "http://a",
];

/** One character that an atom of an expression matches. */
const SAMPLES: Readonly<Record<string, string>> = {
  d: "1",
  w: "a",
  s: " ",
  S: "a",
  D: "a",
  W: "-",
  n: "\n",
  r: "\r",
  t: "\t",
  p: "é",
  P: "a",
  0: "\0",
};

/** The pieces to repeat for an expression: general ones, and those made of its own characters. */
export function pumpsOf(source: string): readonly string[] {
  const atoms = atomsOf(source);
  const singles = [...new Set(atoms)].slice(0, 24);
  const pairs = atoms.slice(1, 48).map((atom, index) => `${atoms[index] ?? ""}${atom}`);
  const prefixes = [2, 3, 4, 6, 8, 12, 16, 24, 40].map((length) => atoms.slice(0, length).join(""));
  return [...new Set([...GENERIC, ...singles, ...pairs, ...prefixes])].filter(
    (pump) => pump !== "",
  );
}

/** Pieces of two to seven of an expression's characters, equal for the same seed. */
export function randomPumpsOf(source: string, count: number, seed: number): readonly string[] {
  const atoms = [...new Set([...atomsOf(source), " ", "a"])];
  let state = Math.imul(seed, 0x9e3779b1) | 1;
  const below = (most: number): number => {
    // Marsaglia's xorshift.
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % most;
  };
  return Array.from({ length: count }, () =>
    Array.from({ length: 2 + below(6) }, () => atoms[below(atoms.length)]).join(""),
  );
}

/**
 * One matching character for each atom of an expression, in order. Skips groups and quantifiers.
 */
function atomsOf(source: string): readonly string[] {
  const atoms: string[] = [];
  // Named groups, look-arounds and quantifiers match no character themselves.
  const plain = source.replace(/\(\?(?:<?[=!]|:|<\w+>)|\{\d*,?\d*\}|[()|^$*+?]/g, (found, at) =>
    source.charAt(at - 1) === "\\" ? found : "",
  );
  for (const { 0: atom } of plain.matchAll(
    /\\u\{([0-9a-f]+)\}|\\u([0-9a-f]{4})|\\x([0-9a-f]{2})|\\[pP]\{[^}]*\}|\\.|[^\\]/gisu,
  )) {
    const char = characterOf(atom);
    if (char !== undefined) {
      atoms.push(char);
    }
  }
  return atoms;
}

function characterOf(atom: string): string | undefined {
  const code = /^\\[ux]\{?([0-9a-f]+)\}?$/i.exec(atom)?.[1];
  if (code !== undefined) {
    return String.fromCodePoint(Number.parseInt(code, 16));
  }
  if (atom === "[" || atom === "]" || /^\\[bBk]$/.test(atom)) {
    return undefined;
  }
  return atom.startsWith("\\") ? (SAMPLES[atom.charAt(1)] ?? atom.charAt(1)) : atom;
}
