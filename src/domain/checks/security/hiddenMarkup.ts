/** A part of a text that people aren't shown, or that is addressed to models. */
interface HiddenMarkup {
  readonly start: number;
  readonly end: number;
  readonly weak: boolean;
}

const TAG =
  /[<[]\s?\/?\s?(important|critical|system|secret|hidden|override|urgent|mandatory|attention|sudo|instructions?|admin|internal|assistant|priority|confidential)(?![a-z0-9])[^<>[\]\n]{0,60}[>\]]/gi;
const PLAIN_TAGS = /^(?:instructions?|admin|internal|assistant|priority|confidential|system)$/i;

/**
 * Finds tags that single out a part of a text for models, which no honest text does. Skips closing
 * tags.
 */
function* tags(text: string): Iterable<HiddenMarkup> {
  for (const { index, 0: tag, 1: name = "" } of text.matchAll(TAG)) {
    if (tag.includes("/")) {
      continue;
    }
    const isShouted = tag.includes("_") && tag === tag.toUpperCase();
    const weak = !isShouted && (tag.startsWith("[") || PLAIN_TAGS.test(name) || tag.includes("_"));
    yield { start: index, end: index + tag.length, weak };
  }
}

const DIRECTIVE =
  /\b(?:must|always|never|ignore|send|read|call|tell|include|execute|secret|instruct\w{0,5}|model|assistant|ai)\b/i;

/** A Markdown comment, which renderers don't show. */
const MARKDOWN_COMMENT = /\[\/\/\]: # [("'][^)"'\n]{0,400}/g;

/** The beginning of a comment. */
const COMMENT = /<!--/;

/** Renderers don't show a comment, but a model reads it. */
function* comments(text: string): Iterable<HiddenMarkup> {
  for (let start = text.indexOf("<!--"); start >= 0; start = text.indexOf("<!--", start)) {
    const close = text.indexOf("-->", start + 4);
    const end = close < 0 ? text.length : close + 3;
    if (DIRECTIVE.test(text.slice(start, end))) {
      yield { start, end, weak: false };
    }
    start = end;
  }
  for (const { index, 0: comment } of text.matchAll(MARKDOWN_COMMENT)) {
    if (DIRECTIVE.test(comment)) {
      yield { start: index, end: index + comment.length, weak: false };
    }
  }
}

/** The expressions of hidden markup. */
export const HIDDEN_MARKUP = [TAG, COMMENT, MARKDOWN_COMMENT];

export function* hiddenMarkup(text: string): Iterable<HiddenMarkup> {
  yield* tags(text);
  yield* comments(text);
}
