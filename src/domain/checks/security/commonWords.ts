/**
 * Words that ordinary descriptions are full of, by the approximate share of texts that contain
 * them. They only decide which word of a pattern is looked for first. A missing word costs time and
 * hides nothing. With the list, 113 of the 2,575 texts of nine servers from npm are read word by
 * word, without it 429. Of the benchmark's texts it is 1.5 % and 20 %.
 */
const BY_SHARE: readonly (readonly [share: number, words: string])[] = [
  [0.2, "a for in of or page the to s"],
  [
    0.06,
    "and an are as be bad by content create data default element entity error false file files from get id identifier if include is list name new not number on only pull reference repository request response retrieve return returns set source specific target text this type use used when whether with",
  ],
  [
    0.02,
    "absolute add after config against all allowed any at based between both branch browser call can cannot changes code comment current delete description details each either example existing feature fill filter find first format full human image information instead into it key keys last library link maximum media message messages more multiple names network object one open operation optional organization output over owner pages path per permission press prompt property provide query read replace required resource result results review save search select selected should single specified starts system that time tool true unique up update url user username value values wait where which will within workspace you your",
  ],
  [
    0.006,
    "about accept account across active admin always append archive arguments auto before being body but called calls case child children choose clear close combined comments commit complete context copied copies copy database day deletion desired different direction do document edit empty end endpoint enter entire environment every examples external fetch field fields follow form forward function functions go handle has have head headers history how important includes including index input insert instruction instructions internal issue items its keyboard like limit line lines links load local log match max memory model month must need needed needs never next no nodes notify once option other otherwise out override part pass perform position post previous priority process project push question range rate record report reset resolve run secret send sends sensitive server share since size sort start state step string style such tab take tasks than their them then through timeout title token tools tree two types unless updates upload useful users uses using version view want was week what while without working write",
  ],
  [
    0.003,
    "address amount attach author balance batch block bucket build cache calendar channel chart class client cluster color column company condition connection contact count country currency customer dashboard date delivery deploy detail device directory discount domain download draft duration email event expire export feed folder forecast gateway graph group header host import instance interval invoice item job label language layer length level license location manager map market member merge metadata method metric module monitor node note offset order package parameter parent partner password paths payment percent period phone plan platform point policy port price product profile provider public queue region release remove rename reply role row rule sample schedule schema scope screen section security segment service session shipment signal site snapshot space stage status storage store stream subject subscription summary support table tag task team template tenant test theme thread ticket topic total track transaction transfer trigger unit usage validate vendor volume warehouse weather webhook widget window worker workflow year zone",
  ],
];

const SHARES: ReadonlyMap<string, number> = new Map(
  BY_SHARE.flatMap(([share, words]) => words.split(" ").map((word) => [word, share] as const)),
);

/** The share for a word that isn't in the lists. */
const RARE = 0.0005;
/** The share for a few letters that may be part of any word. */
const FRAGMENT = 0.3;

/** The share of ordinary texts that contain a whole word. */
export function shareOf(word: string): number {
  return SHARES.get(word) ?? RARE;
}

/** The share of ordinary texts that contain a word with this part. */
export function shareOfPart(part: string): number {
  if (part.length < 3) {
    return FRAGMENT;
  }
  let share = RARE;
  for (const [word, own] of SHARES) {
    if (word.includes(part)) {
      share += own;
    }
  }
  return share;
}
