import { type CommandEntry, READY } from "./entry.ts";

/** Commands on portals and their servers. */
export const PORTAL_COMMANDS = {
  openPortal: {
    icon: "go-to-file",
    needs: "account",
    writes: false,
    rows: {
      on: [],
      inPortals: { on: ["portal"], inline: 2 },
      several: true,
      context: "1_open@1",
    },
  },
  addPortal: {
    icon: "add",
    needs: "account",
    writes: true,
    title: [
      { group: "navigation@0", in: "portals" },
      { group: "0_add@1", when: `(${READY} || mcpPortals.phase == empty)` },
    ],
  },
  editPortal: {
    needs: "account",
    writes: true,
    rows: { on: [], inPortals: { on: ["portal"] }, several: false, context: "6_portal@2" },
  },
  clonePortal: {
    needs: "account",
    writes: true,
    rows: { on: [], inPortals: { on: ["portal"] }, several: false, context: "6_portal@3" },
  },
  deletePortal: {
    needs: "account",
    writes: true,
    rows: { on: [], inPortals: { on: ["portal"] }, several: true, context: "7_delete@1" },
  },
  attachServers: {
    icon: "add",
    needs: "account",
    writes: true,
    rows: {
      on: [],
      inPortals: { on: ["portal"], inline: 1 },
      several: false,
      context: "6_portal@0",
    },
  },
  detachServer: {
    icon: "close",
    needs: "account",
    writes: true,
    rows: {
      on: [],
      inPortals: { on: ["mapping"], inline: 2 },
      several: true,
      context: "7_delete@1",
    },
    key: { key: "delete", mac: "cmd+backspace", in: ["portals"] },
  },
  keepNewToolsOff: {
    needs: "account",
    writes: true,
    rows: {
      on: [],
      inPortals: { on: ["mapping"] },
      several: true,
      only: "!(viewItem =~ /;newToolsOff/)",
      context: "6_portal@0",
    },
  },
  letNewToolsThrough: {
    needs: "account",
    writes: true,
    rows: {
      on: [],
      inPortals: { on: ["mapping"] },
      several: true,
      only: "viewItem =~ /;newToolsOff/",
      context: "6_portal@0",
    },
  },
  requireUserAuth: {
    needs: "account",
    writes: true,
    rows: {
      on: [],
      inPortals: { on: ["mapping"] },
      several: true,
      only: "!(viewItem =~ /;userAuth/)",
      context: "6_portal@1",
    },
  },
  useAdminCredential: {
    needs: "account",
    writes: true,
    rows: {
      on: [],
      inPortals: { on: ["mapping"] },
      several: true,
      only: "viewItem =~ /;userAuth/",
      context: "6_portal@1",
    },
  },
  setCodeMode: {
    needs: "account",
    writes: true,
    rows: { on: [], inPortals: { on: ["portal"] }, several: true, context: "6_portal@1" },
  },
  explain: {
    needs: "account",
    writes: false,
    rows: {
      on: [],
      inPortals: { on: ["portal", "mapping", "tool", "prompt"] },
      inLive: { on: ["tool"] },
      several: false,
      context: "2_look@3",
    },
  },
  connectPortal: {
    icon: "plug",
    needs: "account",
    writes: false,
    rows: {
      on: [],
      inPortals: { on: ["portal"], inline: 3 },
      several: false,
      context: "3_connect@1",
    },
  },
  disconnectPortal: {
    needs: "account",
    writes: false,
    rows: {
      on: [],
      inPortals: { on: ["portal"] },
      several: true,
      only: "mcpPortals.connected",
      context: "3_connect@2",
    },
  },
  verifyPortal: {
    icon: "refresh",
    needs: "account",
    writes: false,
    rows: {
      on: [],
      inPortals: { on: ["portal"] },
      inLive: { on: ["portal"], inline: 1 },
      several: false,
      context: "3_connect@3",
    },
  },
  tryTool: {
    icon: "play",
    needs: "account",
    writes: false,
    rows: {
      on: [],
      inPortals: { on: ["tool"] },
      inLive: { on: ["tool"], inline: 1 },
      several: false,
      context: "3_connect@4",
    },
  },
  clearLive: {
    icon: "clear-all",
    needs: "nothing",
    writes: false,
    title: [{ group: "navigation@1", in: "live" }],
    palette: "mcpPortals.compared",
  },
  copyConfiguration: {
    needs: "account",
    writes: false,
    rows: { on: [], inPortals: { on: ["portal"] }, several: false, context: "5_copy@0" },
  },
  copyRedirectUri: {
    needs: "account",
    writes: false,
    rows: { on: [], inPortals: { on: ["mapping"] }, several: false, context: "5_copy@1" },
  },
} as const satisfies Readonly<Record<string, CommandEntry>>;
