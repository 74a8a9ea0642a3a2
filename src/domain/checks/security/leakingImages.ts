/** An image whose URL carries a part of the conversation. */
const IMAGE = /!\[[^\]\n]{0,80}\]\(https?:\/\/[^)\s]{1,200}?[?&][\w.-]{1,32}=([^)\n]{1,160})\)/gi;
const PRIVATE =
  /summary|history|chat|conversation|message|prompt|token|secret|passw|email|context|api.?key|credential|user/i;

/** The expressions of leaking images. */
export const LEAKING_IMAGES = [IMAGE];

export function* leakingImages(text: string): Iterable<{ start: number; end: number }> {
  for (const { index, 0: image, 1: sent = "" } of text.matchAll(IMAGE)) {
    if (PRIVATE.test(sent)) {
      yield { start: index, end: index + image.length };
    }
  }
}
