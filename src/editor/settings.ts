import * as vscode from "vscode";
import { withoutEnding } from "../base/text.ts";
import { LEAST_SECONDS, SETTING_TABLE, SETTINGS, type SettingName } from "../manifest.ts";

/** VS Code's settings for the network. Each connection reads them once. */
const NETWORK_SETTINGS = [
  "http.proxy",
  "http.noProxy",
  "http.proxySupport",
  "http.proxyStrictSSL",
  "http.systemCertificates",
];

/**
 * Calls back when one of these settings changes.
 * @param names settings of this extension, or "network" for VS Code's settings of the network
 */
export function onDidChangeSettings(
  names: readonly SettingName[] | "network",
  changed: () => void,
): vscode.Disposable {
  const ids = names === "network" ? NETWORK_SETTINGS : names.map((name) => SETTINGS[name]);
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (ids.some((id) => event.affectsConfiguration(id))) {
      changed();
    }
  });
}

/** The raw value from settings.json, which may be of any type. */
export function readSetting(name: SettingName): unknown {
  return vscode.workspace.getConfiguration().get<unknown>(SETTINGS[name]);
}

/** @param value undefined to restore the default */
export async function writeSetting(name: SettingName, value: unknown): Promise<void> {
  await vscode.workspace
    .getConfiguration()
    .update(SETTINGS[name], value, vscode.ConfigurationTarget.Global);
}

/** Our settings are application-scoped, so no workspace can override them. */
export function apiBaseUrl(): string {
  const value = readSetting("apiBaseUrl");
  const url = typeof value === "string" ? value.trim() : "";
  return url === "" ? SETTING_TABLE.apiBaseUrl.default : withoutEnding(url, "/");
}

/** Seconds; 0 means never. A value below the documented minimum counts as the minimum. */
export function refreshInterval(visible: boolean): number {
  const name = visible ? "refreshInterval" : "refreshBackground";
  return atLeast(LEAST_SECONDS[name], numberSetting(name));
}

export function syncConcurrency(): number {
  const { minimum, maximum } = SETTING_TABLE.syncConcurrency;
  return Math.min(maximum, Math.max(minimum, Math.trunc(numberSetting("syncConcurrency"))));
}

function atLeast(least: number, seconds: number): number {
  return seconds <= 0 ? 0 : Math.max(least, seconds);
}

type NumberSetting = "refreshInterval" | "refreshBackground" | "syncConcurrency";

function numberSetting(name: NumberSetting): number {
  const value = readSetting(name);
  return typeof value === "number" && Number.isFinite(value) ? value : SETTING_TABLE[name].default;
}

/** VS Code's access to the network, for a client that has its own HTTP. */
export interface VscodeNetworkSettings {
  readonly proxy: string | undefined;
  readonly noProxy: readonly string[];
  readonly strictSsl: boolean;
  readonly systemCertificates: boolean;
  /** Empty where proxies are turned off, so that those of the environment don't count either. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** Reads VS Code's `http.*` settings. */
export function networkSettings(): VscodeNetworkSettings {
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
