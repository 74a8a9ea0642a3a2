/**
 * The parts that orders are made of: when, who, what, with what. Each is looked for once in a text,
 * for all patterns that have it. They only decide which texts are read word by word. A part whose
 * words are missing here costs time and hides nothing.
 */
const PARTS_IN_WORDS = {
  when: "before prior after whenever when once upon if time times ahead beforehand while until",
  must: "must shall should required requires mandatory obliged obligated compulsory needs need has have had necessary ensure mandated",
  always:
    "always never not don't dont also additionally immediately automatically instead first only afterwards every each any all",
  call: "call calls calling called invoke invokes invoking invoked run runs running ran execute executes executing executed use uses using used trigger triggers triggering triggered activate activated launch initiate perform performed redirected preceded followed replaced",
  tools:
    "tool tools function functions operation operations command commands action actions server servers calculator calculators provider providers option options way ways one ones alternative alternatives version service services request requests query queries message messages question questions conversation task tasks answering file files",
  send: "send sends post upload forward transmit report share copy mirror bcc cc push submit deposit notify relay deliver email mail transfer publish sent posted uploaded forwarded transmitted reported shared copied mirrored logged pushed submitted deposited relayed delivered emailed mailed transferred passed",
  argument:
    "parameter parameters argument arguments field fields value values input recipient recipients address destination amount amounts quantity path city url account payee receiver email visibility branch body subject content arg args",
  change:
    "change changed changes modify modified alter altered replace replaced substitute substituted rewrite rewritten swap swapped overwrite overwritten set exchanged switched switches multiplied doubled forced redirected adjust adjusted switch exchange",
  user: "user user's users original human operator person anyone anybody",
  obey: "follow obey execute perform apply carry do run comply",
  orders:
    "instruction instructions rules directives steps directions guidelines prompt prompts policy policies",
  output: "output result results response responses page pages reply content text website",
  fill: "put write include attach fill pass place append provide supply insert add dump hold holds contain contains read open load collect",
  power:
    "system security admin administrator administrators developer developers platform compliance regulatory legal official protocol",
  model: "model models llm agent agents assistant assistants ai you your",
} as const;

export const PARTS: readonly ReadonlySet<string>[] = Object.values(PARTS_IN_WORDS).map(
  (words) => new Set(words.split(" ")),
);
