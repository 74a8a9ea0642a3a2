/**
 * A file or folder name for an untrusted id, valid on every system. An id such as `..` can't leave
 * the folder.
 */
export function fileNameOf(id: string): string {
  return encodeURIComponent(id).replace(
    /[.*]/gu,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** The id that a name was made from; undefined for a name that another program put there. */
export function idOfFileName(name: string): string | undefined {
  try {
    const id = decodeURIComponent(name);
    return fileNameOf(id) === name ? id : undefined;
  } catch {
    return undefined;
  }
}
