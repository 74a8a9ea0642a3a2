import { type CommandEntry, READY } from "./entry.ts";

/** Commands on tools and prompts, on their servers and in portals. */
export const CAPABILITY_COMMANDS = {
  enable: {
    needs: "servers",
    writes: true,
    rows: {
      on: ["server", "group", "tool", "prompt"],
      inPortals: { on: ["mapping", "group", "tool", "prompt"] },
      inReview: { on: ["tool", "prompt"] },
      several: true,
      only: "viewItem =~ /^(server|mapping|group)|^(tool|prompt);disabled/",
      context: "3_enable@1",
    },
  },
  disable: {
    icon: "circle-slash",
    needs: "servers",
    writes: true,
    rows: {
      on: ["server", "group", "tool", "prompt"],
      inPortals: { on: ["mapping", "group", "tool", "prompt"] },
      inReview: { on: ["tool", "prompt"], inline: 3 },
      several: true,
      only: "viewItem =~ /^(server|mapping|group)|^(tool|prompt);enabled/",
      context: "3_enable@2",
    },
  },
  editAlias: {
    icon: "edit",
    needs: "servers",
    writes: true,
    rows: {
      on: ["tool", "prompt"],
      inPortals: { on: ["tool", "prompt"], inline: 1 },
      several: false,
      inline: 1,
      context: "4_edit@1",
    },
    key: { key: "f2", in: ["servers", "portals"] },
  },
  editDescription: {
    needs: "servers",
    writes: true,
    rows: {
      on: ["tool", "prompt"],
      inPortals: { on: ["tool", "prompt"] },
      several: false,
      context: "4_edit@3",
    },
  },
  resetOverrides: {
    icon: "discard",
    needs: "servers",
    writes: true,
    rows: {
      on: ["tool", "prompt"],
      inPortals: { on: ["tool", "prompt"], inline: 2 },
      several: true,
      only: "viewItem =~ /;overridden/",
      inline: 2,
      context: "4_edit@2",
    },
  },
  selectTools: {
    needs: "servers",
    writes: true,
    rows: {
      on: ["account", "server", "group"],
      inPortals: { on: ["portal", "mapping", "group"] },
      several: true,
      context: "3_enable@3",
    },
    title: [{ group: "0_edit@4", when: READY }],
  },
  openDefinition: {
    needs: "servers",
    writes: false,
    rows: {
      on: ["tool", "prompt"],
      inPortals: { on: ["tool", "prompt"] },
      several: true,
      context: "1_open@1",
    },
  },
  copyExposedName: {
    needs: "servers",
    writes: false,
    rows: {
      on: ["tool", "prompt"],
      inPortals: { on: ["tool", "prompt"] },
      several: true,
      context: "5_copy@1",
    },
  },
  /** The action of a click on a tool or prompt. */
  openAtCapability: { needs: "servers", writes: false, palette: false },
} as const satisfies Readonly<Record<string, CommandEntry>>;
