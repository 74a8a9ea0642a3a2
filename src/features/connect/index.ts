export { type ConnectContext, isSame } from "./connectedPortals.ts";
export * from "./connectPortal.ts";
export * from "./copyConfiguration.ts";
export * from "./definitions.ts";
export {
  connectionOf,
  isConnected,
  labelAt,
  listServers,
  startLive,
  stopServer,
} from "./runningServers.ts";
