/** A server's URL as it may be shown: user-info and query values can be secrets and are hidden. */
export function shownUrl(text: string): string {
  const url = URL.parse(text);
  if (url === null) return text.replace(/\/\/[^/@]*@/u, "//…@").replace(/=[^&#]*/gu, "=…");
  if (url.username === "" && url.password === "" && url.search === "") return text;
  const userInfo = url.username === "" && url.password === "" ? "" : "…@";
  const query = [...url.searchParams.keys()].map((key) => `${encodeURIComponent(key)}=…`).join("&");
  return `${url.protocol}//${userInfo}${url.host}${url.pathname}${query === "" ? "" : `?${query}`}${url.hash}`;
}

/** A text from outside with the secrets of every URL in it hidden: messages like to quote them. */
export function withShownUrls(text: string): string {
  return text.replace(/\b[a-z][a-z0-9+.-]*:\/\/[^\s"'<>`]+/giu, shownUrl);
}
