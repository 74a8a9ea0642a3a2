import { type CommandEntry, READY } from "./entry.ts";

/** Commands on servers and portals alike, and on all that is on screen. */
export const SHARED_COMMANDS = {
  compareWith: {
    needs: "account",
    writes: false,
    rows: {
      on: ["server"],
      inPortals: { on: ["portal"] },
      several: "two",
      context: "1_open@3",
    },
    files: { context: "8_mcpPortals@1" },
  },
  applyToAccount: {
    needs: "account",
    writes: true,
    files: { context: "8_mcpPortals@2" },
  },
  saveToWorkspace: {
    needs: "account",
    writes: false,
    rows: {
      on: ["account", "server"],
      inPortals: { on: ["account", "portal"] },
      several: true,
      context: "6_files@1",
    },
    title: [{ group: "0_files@1", when: READY }],
  },
  exportTerraform: {
    needs: "account",
    writes: false,
    rows: { on: ["account"], inPortals: { on: ["account"] }, several: false, context: "6_files@2" },
    title: [{ group: "0_files@2", when: READY }],
  },
  copyAllOverrides: {
    needs: "account",
    writes: false,
    rows: {
      on: ["server"],
      inPortals: { on: ["portal", "mapping"] },
      several: true,
      context: "5_copy@3",
    },
  },
  showClients: {
    needs: "account",
    writes: false,
    rows: {
      on: ["server", "tool", "prompt"],
      inPortals: { on: ["portal", "mapping", "tool", "prompt"] },
      several: false,
      context: "2_look@1",
    },
  },
  showCost: {
    needs: "account",
    writes: false,
    rows: {
      on: ["account", "server"],
      inPortals: { on: ["portal", "mapping"] },
      several: false,
      context: "2_look@2",
    },
  },
  openDashboard: {
    needs: "account",
    writes: false,
    rows: {
      on: ["server"],
      inPortals: { on: ["portal", "mapping"] },
      several: true,
      context: "1_open@2",
    },
  },
  /** The action of a document's lens while newer values exist. */
  showNewer: { needs: "account", writes: false, palette: false },
  undo: {
    icon: "discard",
    needs: "account",
    writes: true,
    title: [{ group: "0_edit@2", when: READY }],
    palette: `${READY} && !mcpPortals.readOnly`,
  },
  find: {
    icon: "search",
    needs: "servers",
    writes: false,
    title: [{ group: "navigation@3", when: READY }],
  },
  filter: {
    icon: "filter",
    needs: "servers",
    writes: false,
    title: [
      { group: "navigation@4", when: `${READY} && !mcpPortals.filtered` },
      { group: "0_edit@1", when: `${READY} && mcpPortals.filtered` },
    ],
  },
  clearFilter: {
    icon: "filter-filled",
    needs: "nothing",
    writes: false,
    title: [{ group: "navigation@4", when: "mcpPortals.filtered" }],
    palette: "mcpPortals.filtered",
  },
  fixProblems: {
    icon: "lightbulb",
    needs: "servers",
    writes: true,
    rows: {
      on: ["server", "tool", "prompt"],
      several: true,
      only: "viewItem =~ /;problem/",
      inline: 0,
      context: "0_fix@1",
    },
  },
  fixAll: { needs: "servers", writes: true },
  manageIgnored: { needs: "nothing", writes: false },
  showLog: {
    icon: "output",
    needs: "nothing",
    writes: false,
    title: [{ group: "2_log@1" }],
  },
  openWalkthrough: { needs: "nothing", writes: false, title: [{ group: "2_log@2" }] },
  /** The action of the status bar item. */
  showStatusMenu: { needs: "nothing", writes: false, palette: false },
  /**
   * Handles Space in the tree. On a row that can be expanded, VS Code handles Space itself. It has
   * to stay silent on a row without a checkbox, so it asks for no precondition and looks itself
   * whether the account can be changed.
   */
  toggle: {
    needs: "nothing",
    writes: false,
    palette: false,
    key: {
      key: "space",
      when: "!treeElementCanExpand && !treeElementCanCollapse",
      in: ["servers", "portals"],
    },
  },
} as const satisfies Readonly<Record<string, CommandEntry>>;
