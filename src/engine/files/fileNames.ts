/** A file's or folder's name for an id from outside, on every system; `..` leads nowhere. */
export function fileNameOf(id: string): string {
  return encodeURIComponent(id).replace(
    /[.*]/gu,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** The id that a name was made of; undefined for a name that somebody else has put there. */
export function idOfFileName(name: string): string | undefined {
  try {
    const id = decodeURIComponent(name);
    return fileNameOf(id) === name ? id : undefined;
  } catch {
    return undefined;
  }
}
