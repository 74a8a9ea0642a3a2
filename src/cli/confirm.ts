/** Where whoever started a command is asked. */
export interface Terminal {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
  /** True where a person can type into the input. */
  readonly isInteractive: boolean;
}

/** Undefined where nobody sits at the terminal. Anything but yes is no, as is the end of the input. */
export async function confirm(
  question: string,
  { input, output, isInteractive }: Terminal,
): Promise<boolean | undefined> {
  if (!isInteractive) {
    return undefined;
  }
  const { createInterface } = await import("node:readline");
  const lines = createInterface({ input, output });
  try {
    const answer = await new Promise<string>((resolve) => {
      lines.once("close", () => resolve(""));
      lines.question(`${question} [y/N] `, resolve);
    });
    return /^y(?:es)?$/iu.test(answer.trim());
  } finally {
    lines.close();
  }
}
