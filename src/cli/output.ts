import { styleText } from "node:util";
import { type Environment, secretsIn } from "./environment.ts";

/** Where a command writes to. */
export interface Channel {
  readonly isTerminal: boolean;
  write(text: string): unknown;
}

export type Style = Parameters<typeof styleText>[0];

/** Characters by which a stranger's text could drive a terminal or hide in a line. */
const CONTROLS = /(?![\t\n])[\p{Cc}\p{Bidi_Control}]/gu;

const ERASE_LINE = "\r\x1b[K";

/**
 * The standard output and the standard error of a command. No text reaches a terminal with control
 * characters in it, and none of the environment's secrets reaches anything.
 */
export class Output {
  readonly #out: Channel;
  readonly #error: Channel;
  readonly #isColored: boolean;
  readonly #isLive: boolean;
  readonly #secrets: Set<string>;
  #hasProgress = false;

  constructor(out: Channel, error: Channel, environment: Environment) {
    this.#out = out;
    this.#error = error;
    const isPlain = Boolean(environment["NO_COLOR"]) || environment["TERM"] === "dumb";
    this.#isColored = out.isTerminal && !isPlain;
    this.#isLive = error.isTerminal && environment["TERM"] !== "dumb";
    this.#secrets = new Set(secretsIn(environment));
  }

  /** Keeps a text out of everything that is written from now on. */
  hide(secret: string): void {
    this.#secrets.add(secret);
  }

  /** Writes lines to the standard output. A style shows on a terminal alone. */
  line(text: string, style?: Style): void {
    this.#endProgress();
    const plain = this.#plain(text);
    const styled =
      style !== undefined && this.#isColored
        ? styleText(style, plain, { validateStream: false })
        : plain;
    this.#out.write(`${styled}\n`);
  }

  /** Writes a sentence to the standard error. */
  error(text: string): void {
    this.#endProgress();
    this.#error.write(`${this.#plain(text)}\n`);
  }

  /** Shows how far a command is, in one line that the next one replaces. On a terminal alone. */
  progress(text: string): void {
    if (this.#isLive) {
      this.#error.write(`${ERASE_LINE}${this.#plain(text)}`);
      this.#hasProgress = true;
    }
  }

  #endProgress(): void {
    if (this.#hasProgress) {
      this.#error.write(ERASE_LINE);
      this.#hasProgress = false;
    }
  }

  #plain(text: string): string {
    let shown = text;
    for (const secret of this.#secrets) {
      shown = secret === "" ? shown : shown.replaceAll(secret, "…");
    }
    return shown.replace(CONTROLS, escaped);
  }
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
