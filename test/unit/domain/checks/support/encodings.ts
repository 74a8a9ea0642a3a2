/** Encodings with which attackers hide text. */

/** Unicode tags, which no font shows. */
export function tags(text: string): string {
  return moved(text, 0xe0000);
}

/** Variation selectors, which aren't drawn. */
export function selectors(text: string): string {
  return moved(text, 0xe0100);
}

/** Mathematical letters, starting at the capital A of an alphabet. */
export function mathematical(text: string, capitalA: number): string {
  return [...text]
    .map((char) => {
      if (/[A-Z]/.test(char)) {
        return String.fromCodePoint(capitalA + char.charCodeAt(0) - 65);
      }
      if (/[a-z]/.test(char)) {
        return String.fromCodePoint(capitalA + 26 + char.charCodeAt(0) - 97);
      }
      return char;
    })
    .join("");
}

export function between(text: string, joint: string): string {
  return [...text].join(joint);
}

export function hex(text: string, before = ""): string {
  return [...text].map((char) => `${before}${codeOf(char, 2)}`).join("");
}

export function percent(text: string): string {
  return hex(text, "%");
}

export function unicodeEscapes(text: string): string {
  return [...text].map((char) => `\\u${codeOf(char, 4)}`).join("");
}

export function entities(text: string): string {
  return [...text].map((char) => `&#${char.charCodeAt(0)};`).join("");
}

export function base64Wide(text: string): string {
  return Buffer.from(text, "utf16le").toString("base64");
}

function codeOf(char: string, width: number): string {
  return char.charCodeAt(0).toString(16).padStart(width, "0");
}

function moved(text: string, by: number): string {
  return [...text].map((char) => String.fromCodePoint(by + char.charCodeAt(0))).join("");
}
