import { deepEqual, ok } from "node:assert/strict";
import { globSync } from "node:fs";
import { join, relative, sep } from "node:path";
import type { Node } from "typescript/unstable/ast";
import {
  isExportSpecifier,
  isIdentifier,
  isImportSpecifier,
  isPrivateIdentifier,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
} from "typescript/unstable/ast/is";
import { API } from "typescript/unstable/sync";
import { ROOT } from "../harness/paths.ts";

/** A name that the glossary retires: a pattern to find it, and the word to use instead. */
interface Retired {
  readonly pattern: RegExp;
  readonly instead: string;
  /**
   * The places where the word is retired; everywhere by default. Elsewhere it means something else.
   */
  readonly within?: RegExp;
}

const RETIRED: readonly Retired[] = [
  { pattern: /Keeper|^keeper/u, instead: "CredentialStore" },
  { pattern: /Vault|^vault/u, instead: "SecretsStore" },
  { pattern: /^Register$|^Mark$/u, instead: "SignInRegistry, SignInRecord" },
  { pattern: /^rungs?$|Rungs?$/iu, instead: "signInMethods" },
  {
    pattern: /LastingClient|guardedClient|throughClient/iu,
    instead: "wrapClient and what it wraps",
  },
  { pattern: /^Keeping$|^keeping$|^LastGood$/u, instead: "AccountStorage, SnapshotCache" },
  {
    pattern: /^Watch$|^Watched|Aftermath|[oO]verrun/u,
    instead: "WriteMonitor, LateOutcome, overwritten",
    within: /^(?:src|test\/unit)\/(?:engine|features)\//,
  },
  { pattern: /^truths?$|Truth/u, instead: "remote" },
  {
    pattern: /^Slots$|^InTurn$|^sideBySide$|throwLater/u,
    instead: "Semaphore, TimeSlicer, SerialQueue, mapConcurrent, reportUncaught",
  },
  {
    pattern: /^Budgets?$|^budgets?$|^Wish$|^wish$/u,
    instead: "RateLimiter, Ticket",
    within: /cloudflare\//,
  },
  {
    pattern: /^shaped$|^tried$|^shown(?:Number|Switch)?$/u,
    instead: "parse, tryParse, lenientString",
    within: /^src\/cloudflare\/parse/,
  },
  {
    pattern: /[bB]reakdowns?|^BREAKDOWNS$|^REFUSALS$|doctor/u,
    instead: "transportErrors, apiErrors, diagnosis",
  },
  { pattern: /Sieve|^examine|^judge/iu, instead: "FindingFilter, checkServer, evaluate" },
  {
    pattern: /booty|smuggling|urging|^clues?$|Clue/iu,
    instead: "target, outputChannel, urgency, signal",
  },
  {
    pattern: /^say(?:[A-Z]|$)|askModal/u,
    instead: "notify, flashStatus, confirm; message",
    within: /^src\//,
  },
  { pattern: /^inert/u, instead: "escapeLabel" },
  {
    pattern: /^NEEDS$|^Needs$|^isPossible$|^waysOut$|^Ways?$|^WAYS$/u,
    instead: "requirements, preconditions, recoveryActions, SignInMethod, AuthMethod",
  },
  {
    pattern: /^Screen$|^Redraw$|^PressedRow$/u,
    instead: "TreeContext, RefreshScheduler, FocusedRow",
  },
  {
    pattern: /^Place$|^askPart$|^askUntilTaken$/u,
    instead: "StepPosition, step, showUntilAccepted",
    within: /editor\//,
  },
  {
    pattern: /^showNewer$|^newer(?:Text|Version)?$|atDescription/iu,
    instead: "diffWithRemote, revealDescription",
    within: /documents\//,
  },
  {
    pattern: /^Plays?$|^deeds?$|Deeds?$|^Person$/u,
    instead: "phases, contenders, actions, QuickInputDriver",
    within: /^test\//,
  },
];

/** Declared names that a pattern finds but that mean something else, by kind. */
const ALLOWED: readonly { readonly name: RegExp; readonly because: string }[] = [];

interface Declared {
  readonly name: string;
  readonly path: string;
  /** Counted from 1. Finding it costs more than everything else, so it is found when it is asked for. */
  line(): number;
}

function* declaredNames(node: Node): Generator<Node> {
  const name: unknown = "name" in node ? node.name : undefined;
  if (isNameNode(name) && !isUse(node)) {
    yield name;
  }
  const children: Node[] = [];
  node.forEachChild((child) => {
    children.push(child);
  });
  for (const child of children) {
    yield* declaredNames(child);
  }
}

function isNameNode(value: unknown): value is Node & { readonly text: string } {
  const node = value as Node | undefined;
  return node !== undefined && "kind" in node && (isIdentifier(node) || isPrivateIdentifier(node));
}

/** True for a name that is declared elsewhere, so that this place can't choose it. */
function isUse(node: Node): boolean {
  return (
    isPropertyAccessExpression(node) ||
    isImportSpecifier(node) ||
    isExportSpecifier(node) ||
    isPropertyAssignment(node) ||
    isShorthandPropertyAssignment(node)
  );
}

/** Parses alone, without libraries and packages: with their types it takes three times as long. */
const SYNTAX = join(ROOT, "test", "tsconfig.syntax.json");

function readNames(): readonly Declared[] {
  const api = new API({ cwd: ROOT });
  try {
    const program = api.updateSnapshot({ openProjects: [SYNTAX] }).getProject(SYNTAX)?.program;
    const paths = globSync(["src/**/*.ts", "test/**/*.ts"], { cwd: ROOT }).sort();
    return paths.flatMap((path) => {
      const file = program?.getSourceFile(join(ROOT, path));
      if (file === undefined) {
        return [];
      }
      return [...declaredNames(file)].map((node) => ({
        name: node.getText().replace(/^#/, ""),
        path: relative(ROOT, file.fileName).split(sep).join("/"),
        line: () => file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1,
      }));
    });
  } finally {
    api.close();
  }
}

describe("declared names", () => {
  it("are none that the glossary retires", () => {
    const names = readNames();
    ok(names.length > 5000, `${names.length} names were read`);
    const found = names.flatMap(({ name, path, line }) => {
      if (ALLOWED.some((each) => each.name.test(name))) {
        return [];
      }
      const retired = RETIRED.find(
        ({ pattern, within }) => pattern.test(name) && (within?.test(path) ?? true),
      );
      return retired === undefined ? [] : `${path}:${line()} ${name}: ${retired.instead}`;
    });
    deepEqual(found, []);
  });
}).timeout(60_000);
