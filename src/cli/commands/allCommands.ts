import type { Command } from "../command.ts";
import { accept } from "./accept.ts";
import { apply } from "./apply.ts";
import { check } from "./check.ts";
import { explain } from "./explain.ts";
import { exportFiles } from "./export.ts";
import { plan } from "./plan.ts";
import { pull } from "./pull.ts";
import { sync } from "./sync.ts";

/** Every command, in the order of `--help`. */
export const COMMANDS: readonly Command[] = [
  pull,
  plan,
  apply,
  sync,
  check,
  accept,
  exportFiles,
  explain,
];
