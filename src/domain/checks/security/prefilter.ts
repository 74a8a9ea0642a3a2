import { Phrases } from "./phrases.ts";

/**
 * Stems of words without which a family of phrases can't be in a text. A stem that is missing here
 * makes its rule blind; one too many costs time alone. `_` stands for any run of blanks, hyphens
 * and underscores.
 */
const TRIGGERS = {
  override: stems(
    "ignor disregard forget overrid bypass neglect circumvent overrule no_attention not_follow",
    "n't_follow not_obey n't_obey not_comply stop_follow stop_obey supersede precedence jailbr",
    "you_are_now no_longer developer_mode debug_mode god_mode admin_mode maintenance_mode",
    "system_prompt hidden_prompt initial_prompt original_prompt from_now_on new_instruct new_system",
    "your_new your_real your_true your_actual new_task new_goal new_role new_rule your_instruct your_prompt your_rule your_guideline",
    "your_system your_initial your_original your_previous your_safety your_training your_program",
    "above_verbatim text_above everything_above words_above prompt_above message_above",
    "initial_instruct hidden_instruct developer_message developer_instruct system_message",
    "system_instruct <| |> [inst [/inst <<sys #_inst #inst #_system #system system: system]",
    "[system assistant: unrestricted no_restriction without_restriction of_what_the of_any_other",
    "even_if_the_user set_aside abandon erase discard dismiss violat vergiss missacht olvid oubli",
    "dimentic esque negeer zignoruj do_anything_now safety_ guardrail what_you_were_told",
    "nevermind replace_all replace_any replace_previous replace_earlier replace_your replace_prior replace_other",
    "never_follow dont_follow cease_follow adhere heed not_listen n't_listen never_listen stop_listen",
    "dont_obey never_obey aside secret_prompt developer_prompt system_directive your_directive",
    "all_above instructions_above re_now dan_mode sudo_mode unfiltered uncensored your_primary",
    "your_only pretend without_safeguard outrank instructions_replace rules_replace directives_replace priority_over",
    "instructed_ briefing _void cancelled canceled suspended outdated obsolete lifted revoked invalid irrelevant null whatever you_were your_guid your_constrain your_restrict your_polic your_order do_not_apply",
    "wipe_ purge_ obey refus outrank trump restrictions limitations guidance conflicts contradicts stop_being quit_being stop_acting",
    "as_root as_a_root hacker attacker hidden_config your_hidden your_internal of_your of_the_context of_the_conversation of_this_conversation safeguards _answer_to report_to safety_",
    "start_of_turn end_of_turn {{#system {{#assistant abaikan lupakan ignorera strunta oubliez told_you said_to_you configured",
    "<system <assistant <developer you_told you_taught you_instructed developer_said operator_said creator_said system_said developer_told",
    "as_dan overwrite aside_what aside_every aside_any limits_are limitations_are are_off is_off of_other of_all of_others from_other your_memory your_mind listen_to be_followed follow_only with_no with_any without_no without_any cease_being your_secret of_this_context of_the_prompt of_this_prompt of_your_prompt",
    "regardless_of as_if as_though were_told were_given rest_of_your higher_priority highest_priority override",
  ),
  concealment: stems(
    "<important <critical <system <secret <hidden <instruct <attention <override <admin <urgent",
    "ai_assist ai_agent ai_models llm_ llms_ ai_llm the_dark aware forbidden share_this share_it say_so refusal silence_as although human_should humans_should human_shouldn't user_is user_are users_is users_are trace_of hint_of sign_of mention_of not_contain never_contain not_include never_include dont_disclose dont_reveal dont_admit",
    "instructions_for instruction_for for_model for_models reading_it processing_it seeing_it after_call after_every after_each after_any through_it seventh eighth ninth",
    "second_use second_invocation second_time second_run if_another_tool if_any_tool if_other_tool if_a_function if_another_function if_any_function if_the_function if_other_function",
    "supposed meant_to allowed_to make_no no_mention no_reference any_trace any_hint any_sign any_mention any_reference _omit_ leave_ background_without between_you nothing_happened nothing_had nothing_changed as_though as_if",
    "any_other already_granted already_given already_been been_granted been_given if_asked asks_ asked_ deny_ quiet silent_about _mum_ nobody pretend bring_it bring_this bring_that to_yourself",
    "telling_any informing_any tell_any inform_any person_ operator note_to note_for notice_to notice_for message_to message_for memo_to memo_for attention reminder_to reminder_for",
    "for_ai for_the_ai for_llm for_the_llm for_the_model for_the_assistant for_assistant for_agent for_the_agent for_the_language the_language_model reading_this processing_this seeing_this",
    "replace_the change_the account_number whenever any_time anytime each_time every_time recipient iban payee wallet changes_how alters_how modifies_how redefines_how of_any of_all of_other other_server another_server other_tool another_tool through_this",
    "each_call every_call any_call third fourth fifth sixth tenth second_call hundredth 10th_ 3rd_ 5th_ 2nd_ if_a_tool if_the_tool [// _sag_ _sage_ verrate no_le_digas no_le_diga ne_dis ne_dites non_dire no_digas",
    "<mandatory <internal <assistant <priority <confidential <sudo <! [important [hidden [secret",
    "[confidential [internal secret silent conceal covert discreet stealth hide_ hidden_from",
    "invisibl unaware not_tell not_mention not_inform not_notify not_alert not_disclos not_reveal",
    "not_say not_report not_warn not_ask not_discuss not_explain not_acknowledge not_let not_show",
    "n't_tell n't_mention n't_inform n't_notify n't_alert n't_disclose n't_reveal n't_say n't_let",
    "n't_report n't_warn n't_ask n't_discuss n't_explain n't_show dont_tell dont_mention dont_inform",
    "dont_let dont_say never_tell never_mention never_inform never_reveal never_disclose never_say",
    "never_show never_notify never_let never_discuss never_ask without_tell without_inform",
    "without_notif without_mention without_alert without_ask without_the_user without_user",
    "without_their without_any_mention without_report without_disclos without_reveal",
    "without_letting without_confirm avoid_mention avoid_tell refrain user_must user_should",
    "user_does user_need user_never user_cannot user_can't to_tell_the to_inform_the no_need_to",
    "users_must users_should users_need user_shall users_shall user_not users_not user_isn't user_won't",
    "users_isn't users_won't surreptit quietly prior_using not_admit not_display not_share not_expose",
    "not_surface not_describe dont_notify dont_alert dont_show avoid_notify avoid_show without_show",
    "without_human dont_share dont_ask this_tool_first this_function_first this_tool_before",
    "this_function_before full_conversation entire_conversation whole_conversation all_conversation",
    "complete_conversation every_conversation full_transcript entire_transcript from_the_user from_users from_user keep_this keep_it confidential before_using before_call",
    "before_invoking before_running before_executing before_you before_any_ before_each_ before_every_",
    "before_other before_use prior_to_us prior_to_call prior_to_invok prior_to_any make_sure_the_user ensure_the_user ensure_that_the_user keep_the_user",
  ),
  exfiltration: stems(
    "credential token api_key apikey access_key secret_key encryption_key signing_key password",
    "passphrase passwd secret private_key ssh_key keys cookie environment_var env_var env_ environ",
    "chat conversation message transcript history system_prompt wallet mnemonic credit_card",
    "pin_and bank_pin card_pin one_time otp_ mfa_ 2fa_ wallet auth_token authorization_header process_env logins user_wrote user_typed user_said user_types they_wrote they_typed every_answer each_answer every_question every_prompt each_prompt user's_email",
    "each_file every_file each_document every_document you_read card_number social_security full_context entire_context",
  ),
  moving: stems(
    "_send _upload _post _pass_ _include_ _append _attach _forward transmit _copy _put_ _embed_",
    "_email_ _mail_ _share_ _submit _encode _bcc _curl _wget _deliver_ relay_ _paste exfiltrat",
    "_leak_ _steal harvest siphon _collect_ _gather_ _extract_ publish_ _provide_ _insert_ sending",
    "_write _add_ _hand_ handed _supply _supplied _fill_ _populate _hold _mirror _drop_ _give _paste _dump _needed_in",
    "uploading forwarding passing including _transfer",
  ),
  secretPath: stems(
    ".ssh ssh_key ssh_private_key private_ssh_key id_rsa id_ed25519 id_ecdsa id_dsa /passwd /shadow",
    "/sudoers .env .pem .p12 .pfx .netrc .npmrc .pypirc .git_credentials .gnupg .aws .azure .kube",
    "kubeconfig .docker sh_history keychain authorized_keys mcp.json claude_desktop_config .cursor",
    "/environ application_default keychains .claude .codex .gemini 169.254 kubernetes.io .password_store gpg_keyring .terraform.d saved_logins stored_logins",
    "wallet.dat seed_phrase recovery_phrase mnemonic_phrase login_data credentials.json secret.y",
    "secrets.y .config/ service_account.json ![ .aws .ssh",
  ),
  escaped: stems("\\x \\u00 %2 %3 %4 %5 %6 %7 &#"),
} as const;

function stems(...lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => line.split(" "));
}

/** Flags of a text: which rules have something to look for in it. */
export const FLAG = {
  /** Something beside printable ASCII, tab and newline. */
  unusual: 1,
  /** A run of key or base64 characters that is long enough for either. */
  longRun: 2,
  /** A word of several parts, as tools are named. */
  identifier: 4,
  override: 8,
  concealment: 16,
  /** Something private, by a word that ordinary texts have too. */
  exfiltration: 32,
  /** Letters one by one, or digits among letters: words that don't want to be found. */
  disguised: 64,
  /** Somebody sends, takes or passes something on. */
  moving: 128,
  /** A file that holds secrets. */
  secretPath: 256,
  /** A character by its number. */
  escaped: 512,
} as const;

/** A class takes six bits. */
const CLASS_BITS = 6;
const CLASSES = 1 << CLASS_BITS;
const CLASS = CLASSES - 1;
/** Blanks are one class, letters fall together with their capitals. */
const BLANK = 1;
const UNUSUAL = CLASSES - 1;
const FIRST_DIGIT = 28;
const LAST_DIGIT = 37;
const SYMBOLS = "./'<>|#:[]!{\\%&";

const CLASS_OF: Uint8Array = classes();

function classes(): Uint8Array {
  // One entry a code unit, so that a loop needn't ask whether there is one.
  const table = new Uint8Array(0x10000).fill(UNUSUAL);
  table.fill(0, 32, 127);
  // Hyphens and underscores too: api-key, api_key and api key are the same to a reader.
  for (const blank of [9, 10, 32, 45, 95]) {
    table[blank] = BLANK;
  }
  for (let letter = 0; letter < 26; letter += 1) {
    table[97 + letter] = 2 + letter;
    table[65 + letter] = 2 + letter;
  }
  for (let digit = 0; digit < 10; digit += 1) {
    table[48 + digit] = FIRST_DIGIT + digit;
  }
  for (const [index, symbol] of [...SYMBOLS].entries()) {
    table[symbol.charCodeAt(0)] = 38 + index;
  }
  return table;
}

interface Automaton {
  /** By state and class of character, the next state; states are multiples of the classes. */
  readonly next: Int32Array;
  /** By state divided by the classes: what ends there. */
  readonly flags: Uint16Array;
  /** A text begins like a word after a blank. */
  readonly first: number;
}

/** Aho and Corasick's automaton over all stems: one step a character, whatever the text. */
function build(): Automaton {
  const { children, flags, blanks } = trieOf();
  const next = new Int32Array(children.length * CLASSES);
  const fall = new Int32Array(children.length);
  const queue: number[] = [0];
  for (const state of queue) {
    const back = fall[state] ?? 0;
    flags[state] = (flags[state] ?? 0) | (flags[back] ?? 0);
    if (state > 0) {
      next.copyWithin(state * CLASSES, back * CLASSES, (back + 1) * CLASSES);
    }
    for (const [symbol, child] of children[state] ?? []) {
      fall[child] = (next[state * CLASSES + symbol] ?? 0) / CLASSES;
      next[state * CLASSES + symbol] = child * CLASSES;
      queue.push(child);
    }
  }
  // Any run of blanks is one.
  for (const state of blanks) {
    next[state * CLASSES + BLANK] = state * CLASSES;
  }
  return { next, flags: Uint16Array.from(flags), first: next[BLANK] ?? 0 };
}

interface Trie {
  readonly children: Map<number, number>[];
  readonly flags: number[];
  /** The states that a blank leads to. */
  readonly blanks: Set<number>;
}

function trieOf(): Trie {
  const trie: Trie = { children: [new Map()], flags: [0], blanks: new Set() };
  for (const family of FAMILIES) {
    for (const stem of TRIGGERS[family]) {
      add(trie, symbolsOf(stem), FLAG[family]);
    }
  }
  add(trie, [UNUSUAL], FLAG.unusual);
  return trie;
}

function symbolsOf(stem: string): readonly number[] {
  return [...stem].map((char) => CLASS_OF[char.charCodeAt(0)] ?? 0);
}

const FAMILIES = [
  "override",
  "concealment",
  "exfiltration",
  "moving",
  "secretPath",
  "escaped",
] as const;

function add({ children, flags, blanks }: Trie, symbols: readonly number[], flag: number): void {
  let state = 0;
  for (const symbol of symbols) {
    const known = children[state]?.get(symbol);
    const child = known ?? children.length;
    if (known === undefined) {
      children[state]?.set(symbol, child);
      children.push(new Map());
      flags.push(0);
      if (symbol === BLANK) {
        blanks.add(child);
      }
    }
    state = child;
  }
  flags[state] = (flags[state] ?? 0) | flag;
}

const AUTOMATON: Automaton = build();

/** Shorter runs are words; the shortest keys and payloads are longer. */
const RUN_LENGTH = 20;
/** So many words of one letter in a row are one that doesn't want to be found. */
const SINGLE_LETTERS = 5;
const SPACED_OUT = 3 * SINGLE_LETTERS;
const SINGLES_BITS = 4;
const SINGLES = (1 << SINGLES_BITS) - 1;

const OTHER = 0;
/** Part of a key, but not of a name: `+ / =`. */
const KEY = 1;
/** Joins words into a name: `_` and `-`. */
const JOINT = 2;
const DIGIT = 3;
const CAPITAL = 4;
const SMALL = 5;
/** A kind takes three bits. */
const KIND_BITS = 3;
const KINDS = 1 << KIND_BITS;
const KIND = KINDS - 1;
/** The last three kinds. */
const THREE_KINDS = (1 << (3 * KIND_BITS)) - 1;

const KIND_OF: Uint8Array = kinds();
/** By three kinds in a row: what they say. */
const SHAPES: Uint8Array = shapes();
/** By lengths as they were and the next kind: the lengths now. See `lengths`. */
const LENGTHS: Uint16Array = lengths();

function kinds(): Uint8Array {
  // One entry a code unit, so that a loop needn't ask whether there is one.
  const table = new Uint8Array(0x10000);
  for (let code = 0; code < 128; code += 1) {
    const symbol = CLASS_OF[code] ?? 0;
    if (symbol >= FIRST_DIGIT && symbol <= LAST_DIGIT) {
      table[code] = DIGIT;
    } else if (symbol > 1 && symbol < FIRST_DIGIT) {
      table[code] = code < 97 ? CAPITAL : SMALL;
    }
  }
  for (const joint of "_-") {
    table[joint.charCodeAt(0)] = JOINT;
  }
  for (const key of "+/=") {
    table[key.charCodeAt(0)] = KEY;
  }
  return table;
}

function shapes(): Uint8Array {
  const table = new Uint8Array(THREE_KINDS + 1);
  for (let index = 0; index < table.length; index += 1) {
    const third = index & KIND;
    const second = (index >> KIND_BITS) & KIND;
    const first = index >> (2 * KIND_BITS);
    if (second === SMALL && third === CAPITAL) {
      table[index] = FLAG.identifier;
    } else if (first < CAPITAL || third < CAPITAL) {
    } else if (second === JOINT) {
      table[index] = FLAG.identifier;
    } else if (second === DIGIT) {
      table[index] = FLAG.disguised;
    }
  }
  return table;
}

/**
 * Lengths are two numbers in one, a run of a key's characters and single letters; each stays what it
 * is once it's long enough. Above the bits of a kind, so that a kind can be added.
 */
function lengths(): Uint16Array {
  const table = new Uint16Array((RUN_LENGTH + 1) << (SINGLES_BITS + KIND_BITS));
  for (let index = 0; index < table.length; index += 1) {
    const kind = index & KIND;
    const run = runAfter(index >> (SINGLES_BITS + KIND_BITS), kind);
    const singles = singlesAfter((index >> KIND_BITS) & SINGLES, kind);
    table[index] = (run << (SINGLES_BITS + KIND_BITS)) | (singles << KIND_BITS);
  }
  return table;
}

function runAfter(run: number, kind: number): number {
  if (run === RUN_LENGTH) {
    return run;
  }
  return kind === OTHER ? 0 : run + 1;
}

/** Three times the count of single letters, and 1 or 2 in the first or a later letter of a word. */
function singlesAfter(singles: number, kind: number): number {
  if (singles >= SPACED_OUT) {
    return SPACED_OUT;
  }
  const inWord = singles % 3;
  const before = singles - inWord;
  if (kind >= DIGIT) {
    return before + Math.min(2, inWord + 1);
  }
  if (inWord === 0) {
    return before;
  }
  return inWord === 1 ? before + 3 : 0;
}

function lengthFlags(lengths: number): number {
  const run = lengths >> (SINGLES_BITS + KIND_BITS);
  const singles = (lengths >> KIND_BITS) & SINGLES;
  return (run === RUN_LENGTH ? FLAG.longRun : 0) | (singles === SPACED_OUT ? FLAG.disguised : 0);
}

function isNamePart(text: string, index: number): boolean {
  return index < text.length && (KIND_OF[text.charCodeAt(index)] ?? OTHER) >= JOINT;
}

const JOINT_OR_HUMP = /[A-Za-z][_-][A-Za-z]|[a-z][A-Z]/g;

/** Names of several parts: send_mail, send-mail, sendMail. */
export function* identifiersIn(text: string): Iterable<{ start: number; end: number }> {
  let end = 0;
  for (const { index } of text.matchAll(JOINT_OR_HUMP)) {
    if (index < end) {
      continue;
    }
    let start = index;
    while (start > end && isNamePart(text, start - 1)) {
      start -= 1;
    }
    end = index + 2;
    while (isNamePart(text, end)) {
      end += 1;
    }
    yield { start, end };
  }
}

/** A text with what a first look at it has shown. */
export interface Scanned {
  readonly text: string;
  readonly flags: number;
  /** Its words, normalised; made when a rule asks first. */
  phrases(): Phrases;
}

export function scanned(text: string, flags = scan(text)): Scanned {
  let made: Phrases | undefined;
  return {
    text,
    flags,
    phrases: () => {
      made ??= new Phrases(text);
      return made;
    },
  };
}

/** What a character is to the automaton, and above that what it is to the shapes. */
const LOOK = Uint16Array.from(CLASS_OF, (symbol, code) => {
  return symbol | ((KIND_OF[code] ?? 0) << CLASS_BITS);
});

/**
 * One pass of a few look-ups a character, whatever the text, which tells the rules that have nothing
 * to look for from those that have: nearly every text of a catalogue ends here.
 */
export function scan(text: string): number {
  const { next, flags, first } = AUTOMATON;
  // In variables of its own: what is imported would be looked up again with each character.
  const looks = LOOK;
  const shapes = SHAPES;
  const allLengths = LENGTHS;
  const classBits = CLASS_BITS;
  const classMask = CLASS;
  const kindBits = KIND_BITS;
  const threeKinds = THREE_KINDS;
  let found = 0;
  let state = first;
  let three = 0;
  let lengths = 0;
  for (let index = 0; index < text.length; index += 1) {
    const look = looks[text.charCodeAt(index)] ?? 0;
    const kind = look >> classBits;
    state = next[state + (look & classMask)] ?? 0;
    three = ((three << kindBits) | kind) & threeKinds;
    found |= (flags[state >> classBits] ?? 0) | (shapes[three] ?? 0);
    lengths = allLengths[lengths | kind] ?? 0;
  }
  return found | lengthFlags(lengths);
}
