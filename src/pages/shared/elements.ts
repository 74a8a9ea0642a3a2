type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/**
 * Makes an element. A text among the children becomes a text node, so that nothing in it is ever
 * read as HTML.
 * @param attributes undefined and false leave one out, true gives it without a value
 */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  setAttributes(made, attributes);
  made.append(...children);
  return made;
}

/** Stands in a text for an element, and is no character of any language. */
const PLACE = "\uFFFC";

/**
 * A sentence around an element, which stands where the language has it.
 * @param words the sentence with a given text in the element's place
 */
export function sentenceAround(
  words: (place: string) => string,
  inner: Node,
): readonly (Node | string)[] {
  const [before = "", after = ""] = words(PLACE).split(PLACE);
  return [before, inner, after];
}

const SVG = "http://www.w3.org/2000/svg";

export function svgElement<Name extends keyof SVGElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): SVGElementTagNameMap[Name] {
  const made = document.createElementNS(SVG, name);
  setAttributes(made, attributes);
  made.append(...children);
  return made;
}

/**
 * A symbol of lines, which says nothing that the word beside it doesn't.
 * @param path on 16 by 16, so that no icon font has to be loaded
 */
export function symbol(path: string, name: string): SVGElement {
  const lines = svgElement("path", {
    d: path,
    fill: "none",
    stroke: "currentColor",
    "stroke-width": "1.5",
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
  });
  const options = { viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true" };
  return svgElement("svg", { ...options, class: `symbol ${name}` }, lines);
}

export function setAttributes(target: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) {
      target.removeAttribute(name);
    } else {
      target.setAttribute(name, value === true ? "" : String(value));
    }
  }
}

/**
 * Moves the focus while the page has it, and otherwise once the page has it again: a page that is drawn
 * anew must not take the focus from another part of the window, whose list or menu would close.
 * @param focus the same function each time, which is then called once
 */
export function whileFocused(focus: () => void): void {
  if (document.hasFocus()) {
    focus();
  } else {
    window.addEventListener("focus", focus, { once: true });
  }
}
