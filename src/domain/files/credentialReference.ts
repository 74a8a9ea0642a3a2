const REFERENCE = /^\$\{env:([A-Za-z_]\w*)\}$/u;

/** The variable that a credential in a file names; undefined for any other text. */
export function variableOf(text: string): string | undefined {
  return REFERENCE.exec(text)?.[1];
}

/** How a file names a variable. */
export function referenceTo(variable: string): string {
  return `\${env:${variable}}`;
}
