import { ApiError } from "../../model/client/failure.ts";
import { isLoopback, type Root } from "./root.ts";

/** The editor's network settings. What is left out is as in a fresh VS Code. */
export interface NetworkSettings {
  /** `http.proxy`. Goes before the environment's. */
  readonly proxy?: string | undefined;
  /** `http.noProxy`. Goes before the environment's. */
  readonly noProxy?: readonly string[] | undefined;
  /** `http.proxyStrictSSL`: false takes any certificate. */
  readonly strictSsl?: boolean | undefined;
  /** `http.systemCertificates`: trusts what the operating system trusts, beside Node's own. */
  readonly systemCertificates?: boolean | undefined;
  /** Where the proxy variables are read. Default: the process's. Empty for `http.proxySupport` off. */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
}

/** The proxy to go through for one API root. */
export interface ProxyChoice {
  readonly uri: string;
  /** Hosts to reach directly, as in NO_PROXY. */
  readonly noProxy: string;
}

/**
 * Undefined means directly. Throws when what was set isn't a URL: going past a proxy that somebody
 * asked for would be worse. Neither message nor cause repeat it, as it may hold a password.
 */
export function chooseProxy(root: Root, network: NetworkSettings): ProxyChoice | undefined {
  const environment = network.environment ?? process.env;
  const read = (name: string) =>
    environment[name.toLowerCase()] || environment[name.toUpperCase()] || undefined;
  const uri =
    network.proxy || read(root.secure ? "https_proxy" : "http_proxy") || read("all_proxy");
  // The emulator and the demo listen here, and no proxy could reach them.
  if (uri === undefined || isLoopback(root.hostname)) {
    return undefined;
  }
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(uri) ? uri : `http://${uri}`;
  if (!URL.canParse(full) || !/^(https?|socks5?):/i.test(full)) {
    throw new ApiError("the proxy's address isn't one", { kind: "offline", reason: "proxy" });
  }
  const own = network.noProxy ?? [];
  return { uri: full, noProxy: own.length > 0 ? own.join(",") : (read("no_proxy") ?? "") };
}
