import { type CommandEntry, READY } from "./entry.ts";

/** Commands on servers. */
export const SERVER_COMMANDS = {
  syncServer: {
    icon: "sync",
    needs: "servers",
    writes: true,
    rows: {
      on: ["server"],
      inPortals: { on: ["mapping"], inline: 1 },
      several: true,
      only: "!(viewItem =~ /;syncing/)",
      inline: 1,
      context: "2_sync@1",
    },
  },
  syncAll: {
    icon: "sync",
    needs: "servers",
    writes: true,
    title: [
      { group: "navigation@1", when: `${READY} && !mcpPortals.syncing && !mcpPortals.trouble` },
    ],
  },
  cancelSync: {
    icon: "stop-circle",
    needs: "nothing",
    writes: false,
    title: [{ group: "navigation@1", when: "mcpPortals.syncing" }],
    palette: "mcpPortals.syncing",
  },
  openServer: {
    icon: "go-to-file",
    needs: "servers",
    writes: false,
    rows: {
      on: ["server"],
      inPortals: { on: ["mapping"] },
      several: true,
      inline: 2,
      context: "1_open@1",
    },
  },
  addServer: {
    icon: "add",
    needs: "account",
    writes: true,
    title: [{ group: "0_add@2", when: `(${READY} || mcpPortals.phase == empty)` }],
    rows: { on: ["account"], several: false, context: "1_add@1" },
    palette: `(${READY} || mcpPortals.phase == empty) && !mcpPortals.readOnly`,
  },
  editServer: {
    needs: "servers",
    writes: true,
    rows: { on: ["server"], several: false, context: "6_server@0" },
  },
  setUpstreamCredentials: {
    needs: "servers",
    writes: true,
    rows: { on: ["server"], several: false, context: "6_server@1" },
  },
  /** The link of a failing server's tooltip. */
  showDetails: { needs: "servers", writes: false, palette: false },
  deleteServer: {
    needs: "servers",
    writes: true,
    rows: { on: ["server"], several: true, context: "7_delete@1" },
    key: { key: "delete", mac: "cmd+backspace" },
  },
  copyUrl: {
    needs: "servers",
    writes: false,
    rows: { on: ["server"], several: true, context: "5_copy@1" },
  },
} as const satisfies Readonly<Record<string, CommandEntry>>;
