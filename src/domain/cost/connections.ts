/** The ways in which a client can connect to a portal, by what its list of tools holds. */
export const CONNECTIONS = ["allTools", "minimizeTools", "searchAndExecute", "codeMode"] as const;
export type Connection = (typeof CONNECTIONS)[number];
