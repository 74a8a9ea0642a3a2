import * as vscode from "vscode";
import { withoutEnding } from "../base/text.ts";
import { SETTINGS } from "../manifest.ts";

const DEFAULT_API_ROOT = "https://api.cloudflare.com/client/v4";

/** The settings are application-scoped, so no workspace has a say in them. */
export function apiBaseUrl(): string {
  const url = vscode.workspace.getConfiguration().get<string>(SETTINGS.apiBaseUrl)?.trim();
  return url === undefined || url === "" ? DEFAULT_API_ROOT : withoutEnding(url, "/");
}

/** Seconds; 0 is never. A value below the documented least counts as the least. */
export function refreshInterval(visible: boolean): number {
  return visible
    ? atLeast(15, numberSetting(SETTINGS.refreshInterval, 60))
    : atLeast(60, numberSetting(SETTINGS.refreshBackground, 900));
}

export function syncConcurrency(): number {
  return Math.min(16, Math.max(1, Math.trunc(numberSetting(SETTINGS.syncConcurrency, 4))));
}

function atLeast(least: number, seconds: number): number {
  return seconds <= 0 ? 0 : Math.max(least, seconds);
}

/** What a person typed into settings.json may be anything. */
function numberSetting(key: string, fallback: number): number {
  const value = vscode.workspace.getConfiguration().get<unknown>(key);
  return typeof value === "number" && Number.isFinite(value) ? value : fallback;
}

/** How VS Code reaches the network. A client that brings its own HTTP has to be told. */
export interface NetworkSettings {
  readonly proxy: string | undefined;
  readonly noProxy: readonly string[];
  readonly strictSsl: boolean;
  readonly systemCertificates: boolean;
  /** Set when proxies are switched off: then the environment's don't count either. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** VS Code's own `http.*` settings. */
export function networkSettings(): NetworkSettings {
  const http = vscode.workspace.getConfiguration("http");
  const off = http.get<string>("proxySupport") === "off";
  const proxy = http.get<string>("proxy");
  return {
    proxy: off || proxy === "" ? undefined : proxy,
    noProxy: http.get<string[]>("noProxy") ?? [],
    strictSsl: http.get<boolean>("proxyStrictSSL") ?? true,
    systemCertificates: http.get<boolean>("systemCertificates") ?? true,
    ...(off ? { environment: {} } : {}),
  };
}
