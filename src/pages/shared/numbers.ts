const NUMBERS = new Intl.NumberFormat(document.documentElement.lang);

/** A number as the language of the page writes it. */
export function numberText(value: number): string {
  return NUMBERS.format(value);
}
