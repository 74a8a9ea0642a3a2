import type { CommandEntry } from "./entry.ts";

/** Commands on what changed since it was accepted. */
export const REVIEW_COMMANDS = {
  reviewChanges: {
    icon: "diff-multiple",
    needs: "servers",
    writes: false,
    rows: {
      on: ["server"],
      inReview: { on: ["account", "server", "tool", "prompt"], inline: 1 },
      several: true,
      only: "viewItem =~ /;changed/",
      context: "2_review@1",
    },
  },
  acceptChanges: {
    icon: "check",
    needs: "servers",
    writes: false,
    rows: {
      on: ["server"],
      inReview: { on: ["account", "server", "tool", "prompt"], inline: 2 },
      several: true,
      only: "viewItem =~ /;changed/",
      context: "2_review@2",
    },
  },
  disableChanged: {
    icon: "circle-slash",
    needs: "servers",
    writes: true,
    rows: {
      on: [],
      inReview: { on: ["account", "server"], inline: 3 },
      several: true,
      context: "2_review@3",
    },
    palette: false,
  },
  carryOver: {
    icon: "debug-step-over",
    needs: "servers",
    writes: true,
    title: [{ group: "navigation@1", in: "review", when: "mcpPortals.hasRestorable" }],
  },
} as const satisfies Readonly<Record<string, CommandEntry>>;
