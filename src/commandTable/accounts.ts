import { type CommandEntry, READY, SIGNED_IN } from "./entry.ts";

/** Commands on accounts. */
export const ACCOUNT_COMMANDS = {
  signIn: {
    icon: "sign-in",
    needs: "nothing",
    writes: false,
    title: [
      {
        group: "navigation@-2",
        when: `${READY} && (mcpPortals.trouble == refused || mcpPortals.readOnly)`,
      },
      { group: "1_account@1" },
    ],
    rows: {
      on: ["account"],
      several: false,
      only: "viewItem =~ /;refused/",
      inline: 1,
      context: "9_account@0",
    },
  },
  signOut: {
    icon: "sign-out",
    needs: "account",
    writes: false,
    title: [{ group: "1_account@4", when: SIGNED_IN }],
    rows: { on: ["account"], several: true, context: "9_account@1" },
  },
  switchAccount: {
    needs: "account",
    writes: false,
    title: [{ group: "1_account@3", when: SIGNED_IN }],
  },
  openDemo: {
    icon: "beaker",
    needs: "nothing",
    writes: false,
    title: [{ group: "1_account@2", when: "mcpPortals.phase == signedOut" }],
  },
  refresh: {
    icon: "refresh",
    needs: "account",
    writes: false,
    title: [
      { group: "navigation@-1", when: `${READY} && mcpPortals.trouble == failed` },
      {
        group: "0_edit@3",
        when: `${SIGNED_IN} && !(${READY} && mcpPortals.trouble == failed)`,
      },
    ],
  },
} as const satisfies Readonly<Record<string, CommandEntry>>;
