import { deepEqual, equal, ok } from "node:assert/strict";
import { countTokens } from "gpt-tokenizer/encoding/o200k_base";
import type { Capability } from "../../../../src/domain/catalogue/capability.ts";
import { catalogueOf } from "../../../../src/domain/catalogue/serverCatalogue.ts";
import { exposedText } from "../../../../src/domain/cost/countedText.ts";
import type { Server } from "../../../../src/domain/servers/server.ts";
import { AccountTokens } from "../../../../src/engine/cost/accountTokens.ts";
import { ThreadTokenizer, type Tokenizer } from "../../../../src/engine/cost/tokenizer.ts";
import type { SharedJson } from "../../../../src/engine/ports.ts";
import { until as untilAsync } from "../../emulator/support/calling.ts";
import { server } from "../../support/servers.ts";

const PROGRAM = new URL("../../../../src/engine/cost/tokenizerProgram.ts", import.meta.url);

/** Counts characters, and notes what it was asked. */
class Characters implements Tokenizer {
  readonly texts: string[] = [];
  failure: Error | undefined;

  count(texts: readonly string[]): Promise<readonly number[]> {
    this.texts.push(...texts);
    return this.failure === undefined
      ? Promise.resolve(texts.map(({ length }) => length))
      : Promise.reject(this.failure);
  }
}

function keptIn(value: { kept: unknown }): SharedJson {
  const updateNow: SharedJson["updateNow"] = (change) => {
    value.kept = JSON.parse(JSON.stringify(change(value.kept)));
  };
  return {
    read: () => value.kept,
    updateNow,
    update: (change) => Promise.resolve(updateNow(change)),
  };
}

function tool(name: string, description = `Does ${name}.`): Capability {
  return { kind: "tool", name, description, source: { name, inputSchema: { type: "object" } } };
}

function withTools(count: number, id = "docs"): Server {
  const tools = Array.from({ length: count }, (_, index) => tool(`tool${index}`));
  return server({ id, tools, prompts: [] });
}

function open(tokenizer: Tokenizer, file?: SharedJson) {
  const failures: unknown[] = [];
  let told = 0;
  const tokens = new AccountTokens({
    tokenizer,
    file,
    onDidCount: () => {
      told += 1;
    },
    onFailure: (error) => failures.push(error),
  });
  return { tokens, failures, told: () => told };
}

/** Asks for every tool; true once all are counted. */
function asks(tokens: AccountTokens, of: Server): boolean {
  return catalogueOf(of)
    .tools.map(tokens.ofTool)
    .every((count) => count !== undefined);
}

describe("the tokens of an account's tools", () => {
  it("aren't known at first, are counted when somebody asks, and are told of", async () => {
    const tokenizer = new Characters();
    const { tokens, told } = open(tokenizer);
    const [shown] = catalogueOf(withTools(1)).tools;
    ok(shown !== undefined);
    equal(tokens.ofTool(shown), undefined);
    await until(() => told() > 0);
    equal(tokens.ofTool(shown), exposedText(shown).length);
    deepEqual(tokenizer.texts, [exposedText(shown)]);
  });

  it("are counted once for the same text, whatever has it", async () => {
    const tokenizer = new Characters();
    const { tokens } = open(tokenizer);
    const [one, other] = [withTools(300), withTools(300)];
    asks(tokens, one);
    asks(tokens, other);
    await until(() => asks(tokens, one) && asks(tokens, other));
    equal(tokenizer.texts.length, 300);
    ok(asks(tokens, { ...one, name: "Renamed" }), "a changed server isn't counted again");
    equal(tokenizer.texts.length, 300);
  });

  it("are counted again where the text is another", async () => {
    const tokenizer = new Characters();
    const { tokens } = open(tokenizer);
    const before = withTools(5);
    await until(() => asks(tokens, before));
    const after = {
      ...before,
      toolOverrides: new Map([["tool3", { name: "tool3", alias: "third" }]]),
    };
    await until(() => asks(tokens, after));
    equal(tokenizer.texts.length, 6);
    ok(tokenizer.texts.at(-1)?.includes("docs_third"));
  });

  it("are known in the next window without a text being counted", async () => {
    const disk = { kept: undefined };
    const first = open(new Characters(), keptIn(disk));
    await until(() => asks(first.tokens, withTools(200)));
    await until(() => disk.kept !== undefined);
    const tokenizer = new Characters();
    const second = open(tokenizer, keptIn(disk));
    ok(asks(second.tokens, withTools(200)));
    deepEqual(tokenizer.texts, []);
  });

  it("are counted where the file holds something else", async () => {
    for (const kept of [undefined, null, 7, [], { counts: 1 }, { counts: { a: -1, b: "x" } }]) {
      const { tokens, failures } = open(new Characters(), keptIn({ kept }));
      const of = withTools(2);
      await until(() => asks(tokens, of));
      deepEqual(failures, []);
    }
  });

  it("stay unknown where the tokenizer can't run, which is told once", async () => {
    const tokenizer = new Characters();
    tokenizer.failure = new Error("no threads");
    const { tokens, failures } = open(tokenizer);
    const of = withTools(3);
    asks(tokens, of);
    await until(() => failures.length > 0);
    ok(!asks(tokens, of) && !asks(tokens, withTools(4)));
    deepEqual(failures, [tokenizer.failure]);
  });

  it("aren't told of any more once the account is gone", async () => {
    const tokenizer = new Characters();
    const { tokens, told } = open(tokenizer);
    asks(tokens, withTools(3));
    tokens.dispose();
    for (let turn = 0; turn < 5; turn += 1) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    ok(!asks(tokens, withTools(3)));
    equal(told(), 0);
    deepEqual(tokenizer.texts, []);
  });
});

describe("the tokenizer", function () {
  this.timeout(60_000);
  const tokenizer = new ThreadTokenizer(PROGRAM);
  after(() => tokenizer.dispose());

  it("counts as gpt-tokenizer does, in order", async () => {
    const texts = [
      "",
      "hello world",
      '{"name":"search"}',
      "héllo 👩‍👩‍👧 漢字\n\n\t  x",
      "a".repeat(3000),
    ];
    deepEqual(
      await tokenizer.count(texts),
      texts.map((text) => countTokens(text)),
    );
  });

  it("counts word by word as gpt-tokenizer does the whole, whatever stands beside a word", async () => {
    const texts = Array.from({ length: 4000 }, (_, seed) => mixed(seed + 1));
    deepEqual(
      await tokenizer.count(texts),
      texts.map((text) => countTokens(text, { disallowedSpecial: new Set() })),
    );
  });

  it("takes what is special to a model for text", async () => {
    const [tokens] = await tokenizer.count(["<|endoftext|> and <|im_start|>"]);
    ok(tokens !== undefined && tokens > 8);
  });

  it("counts long texts exactly, and endless words soon", async () => {
    const long = Array.from({ length: 20_000 }, (_, index) => `word${index}`).join(" ");
    const words = ["a", " ", "!", "\u0301", "漢"].map((sign) => sign.repeat(300_000));
    const [exact, ...others] = await tokenizer.count([long, ...words, "\ud800".repeat(9000)]);
    equal(exact, countTokens(long));
    ok(others.every((count) => count > 1000));
  });

  it("ends after a while without texts, and starts again with the next", async () => {
    const short = new ThreadTokenizer(PROGRAM, 1);
    deepEqual(await short.count(["one"]), [1]);
    await until(() => !short.isRunning);
    deepEqual(await short.count(["two"]), [1]);
    short.dispose();
    ok(!short.isRunning);
  });

  it("rejects what it can't count, such as in a program that isn't there", async () => {
    const missing = new ThreadTokenizer(new URL("missing.ts", PROGRAM));
    await rejectsAll([missing.count(["a"]), missing.count(["b"])]);
    ok(!missing.isRunning);
  });
});

/** What a tokenizer cuts at, and what looks like it. */
const PIECES = [
  ..."aZé漢ß1_-\"'’{:[\\/.,`~@ſKǅʰⅧ",
  ...[
    "the",
    "fooBar",
    "HTTPServer",
    "1234",
    "'s",
    "'LL",
    "we'rE",
    "'vE",
    "'lL",
    "don't",
    " ",
    "  ",
    "\n",
    "\r\n",
    "\t",
  ],
  ...['{"type":', "<|endoftext|>", "a\u0301", "😀", "\u00a0", "\u2028", "\ud800"],
];

/** Up to eight pieces in a row, the same ones for the same seed. */
function mixed(seed: number): string {
  let state = seed;
  const below = (most: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
  return Array.from({ length: 1 + below(8) }, () => PIECES[below(PIECES.length)]).join("");
}

function until(condition: () => boolean): Promise<void> {
  return untilAsync(() => Promise.resolve(condition()));
}

async function rejectsAll(promises: readonly Promise<unknown>[]): Promise<void> {
  const settled = await Promise.allSettled(promises);
  deepEqual(
    settled.map(({ status }) => status),
    promises.map(() => "rejected"),
  );
}
