import * as l10n from "@vscode/l10n";
import { about } from "../../base/text.ts";
import type { AccountResources } from "../../domain/files/accountDocuments.ts";
import { problemIn, type ResourceFile } from "../../domain/files/resourceFile.ts";
import type { Action, DeleteAction, Plan } from "../../domain/plans/plan.ts";
import { aroundPortals } from "../../domain/plans/planFiles.ts";
import { planPortal, portalProblems } from "../../domain/plans/planPortal.ts";
import { planServer } from "../../domain/plans/planServer.ts";
import { conflictWords } from "../../domain/plans/planWords.ts";
import { reasonInWords } from "../failures.ts";
import type { WorkFolder } from "../files/workFolder.ts";
import {
  create,
  type Outcome,
  remove,
  sendCredential,
  update,
  type Writer,
} from "./applyAction.ts";

interface ApplyOptions {
  readonly plan: Plan;
  readonly account: AccountResources;
  readonly work: WorkFolder;
  readonly force: boolean;
  readonly writer: Writer;
  /** Ends between two writes. */
  readonly signal: AbortSignal | undefined;
  /** Reads the account again. */
  reread(): Promise<AccountResources>;
  tell(words: string): void;
  complain(words: string): void;
}

export interface Applied {
  /** The account as it was read last. */
  readonly account: AccountResources;
  /** Paths of what was written, in order. */
  readonly written: readonly string[];
  /** Paths of what wasn't come to. */
  readonly notWritten: readonly string[];
  readonly problems: readonly string[];
  /** Paths of what isn't yet as its file says. */
  readonly open: ReadonlySet<string>;
  readonly deleted: readonly DeleteAction[];
  readonly isInterrupted: boolean;
  /** Why it was given up; undefined where it wasn't. */
  readonly broken: unknown;
}

/**
 * Does what a plan says, one resource after the other. What its servers became may change what portals
 * show of them, so portals are compared again then. Never rejects.
 */
export async function applyPlan(options: ApplyOptions): Promise<Applied> {
  const run = new ApplyRun(options);
  await run.runAll();
  return run.applied;
}

interface Step {
  readonly path: string;
  run(): Promise<Outcome>;
}

class ApplyRun {
  readonly #options: ApplyOptions;
  readonly #told = new Set<string>();
  readonly #written: string[] = [];
  readonly #notWritten: string[] = [];
  readonly #problems: string[] = [];
  readonly #open = new Set<string>();
  readonly #deleted: DeleteAction[] = [];
  #account: AccountResources;
  #count = 0;
  #index = 0;
  #isInterrupted = false;
  #broken: unknown;

  constructor(options: ApplyOptions) {
    this.#options = options;
    this.#account = options.account;
  }

  get applied(): Applied {
    return {
      account: this.#account,
      written: this.#written,
      notWritten: this.#notWritten,
      problems: this.#problems,
      open: this.#open,
      deleted: this.#deleted,
      isInterrupted: this.#isInterrupted,
      broken: this.#broken,
    };
  }

  async runAll(): Promise<void> {
    const { plan } = this.#options;
    const of = (isWanted: (action: Action) => boolean): readonly Step[] =>
      plan.filter(isWanted).flatMap((action) => this.#stepOf(action));
    const servers = [
      ...this.#credentialSteps(),
      ...of(({ action, kind }) => action !== "delete" && kind === "server"),
    ];
    const portals = of(({ action, kind }) => action !== "delete" && kind === "portal");
    const deletions = of(({ action }) => action === "delete");
    this.#count = servers.length + portals.length + deletions.length;
    for (const action of plan) {
      this.#tellConflicts(action);
    }
    await this.#runSteps(servers);
    const compared = this.#written.length === 0 ? portals : await this.#comparedAgain(portals);
    this.#count += compared.length - portals.length;
    await this.#runSteps(compared);
    await this.#runSteps(deletions);
  }

  async #runSteps(steps: readonly Step[]): Promise<void> {
    for (const step of steps) {
      if (this.#isOver) {
        this.#isInterrupted = this.#broken === undefined;
        this.#notWritten.push(step.path);
        this.#open.add(step.path);
      } else {
        this.#index += 1;
        this.#note(step, `[${this.#index}/${this.#count}]`, await step.run());
      }
    }
  }

  get #isOver(): boolean {
    return this.#broken !== undefined || this.#options.signal?.aborted === true;
  }

  /** @param planned what is to be done where nothing can be looked at any more */
  async #comparedAgain(planned: readonly Step[]): Promise<readonly Step[]> {
    const { work, force, reread } = this.#options;
    if (this.#isOver) {
      return planned;
    }
    try {
      this.#account = await reread();
    } catch (error) {
      this.#broken = error;
      this.#options.complain(reasonInWords(error));
      return planned;
    }
    const around = aroundPortals(work.files, this.#account);
    return work.files.flatMap((file) => {
      const options = { pulled: work.lock?.pulled.portal.get(file.id), force };
      const action = file.kind === "portal" ? planPortal(file, around, options) : undefined;
      if (action === undefined) {
        return [];
      }
      this.#tellConflicts(action);
      return this.#stepOf(action);
    });
  }

  #credentialSteps(): readonly Step[] {
    const { work, writer, account } = this.#options;
    return work.files.flatMap(({ kind, id, path }) => {
      const server = kind === "server" ? account.servers.get(id) : undefined;
      const credential = writer.credentials.get(id);
      return server === undefined || credential === undefined
        ? []
        : [{ path, run: () => sendCredential(writer, server, path, credential) }];
    });
  }

  #stepOf(action: Action): readonly Step[] {
    const { path } = action;
    switch (action.action) {
      case "create":
        return [{ path, run: () => this.#create(action.file) }];
      case "update":
        return action.changes.length === 0
          ? []
          : [{ path, run: () => update(this.#options.writer, action, action.changes) }];
      case "delete":
        return [
          {
            path,
            run: async () => {
              const outcome = await remove(this.#options.writer, action);
              if (outcome.done !== undefined) {
                this.#deleted.push(action);
              }
              return outcome;
            },
          },
        ];
    }
  }

  /** Plans the file anew: a server that was created before it has brought the tools that it may name. */
  async #create(file: ResourceFile): Promise<Outcome> {
    const { writer, work } = this.#options;
    const around = aroundPortals(work.files, this.#account);
    const [problem] = file.kind === "portal" ? portalProblems(file, around) : [];
    if (problem !== undefined) {
      return { done: undefined, problems: [problemIn(file, problem)] };
    }
    const options = { pulled: undefined, force: false };
    const action =
      file.kind === "server"
        ? planServer(file, undefined, options)
        : planPortal(file, around, options);
    return action?.action === "create"
      ? create(writer, action)
      : { done: undefined, problems: [about(file.path, l10n.t("It is there meanwhile."))] };
  }

  #tellConflicts(action: Action): void {
    for (const words of conflictWords(action)) {
      this.#open.add(action.path);
      if (!this.#told.has(words)) {
        this.#told.add(words);
        this.#options.complain(words);
      }
    }
  }

  #note({ path }: Step, count: string, { done, problems, broken, server, portal }: Outcome): void {
    const { tell, complain } = this.#options;
    if (done !== undefined) {
      this.#written.push(path);
      tell(`${count} ${about(path, done)}`);
    }
    for (const problem of problems) {
      complain(problem);
      this.#problems.push(problem);
      this.#open.add(path);
    }
    this.#broken ??= broken;
    const { servers, portals } = this.#account;
    this.#account = {
      servers: server === undefined ? servers : new Map([...servers, [server.id, server]]),
      portals: portal === undefined ? portals : new Map([...portals, [portal.id, portal]]),
    };
  }
}
