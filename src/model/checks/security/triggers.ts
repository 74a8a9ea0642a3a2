/**
 * Stems of words without which a family of phrases can't be in a text. A stem that is missing here
 * makes its rule blind; one too many costs time alone. `_` stands for any run of blanks, hyphens
 * and underscores.
 */
export const TRIGGERS = {
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
    "regardless_of as_if as_though were_told were_given rest_of_your higher_priority highest_priority override",
  ),
  concealment: stems(
    "<important <critical <system <secret <hidden <instruct <attention <override <admin <urgent",
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
    "card_number social_security full_context entire_context",
  ),
  moving: stems(
    "_send _upload _post _pass_ _include_ _append _attach _forward transmit _copy _put_ _embed_",
    "_email_ _mail_ _share_ _submit _encode _bcc _curl _wget _deliver_ relay_ _paste exfiltrat",
    "_leak_ _steal harvest siphon _collect_ _gather_ _extract_ publish_ _provide_ _insert_ sending",
    "uploading forwarding passing including _transfer",
  ),
  secretPath: stems(
    ".ssh ssh_key ssh_private_key private_ssh_key id_rsa id_ed25519 id_ecdsa id_dsa /passwd /shadow",
    "/sudoers .env .pem .p12 .pfx .netrc .npmrc .pypirc .git_credentials .gnupg .aws .azure .kube",
    "kubeconfig .docker sh_history keychain authorized_keys mcp.json claude_desktop_config .cursor",
    "wallet.dat seed_phrase recovery_phrase mnemonic_phrase login_data credentials.json secret.y",
    "secrets.y .config/ service_account.json",
  ),
} as const;

function stems(...lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => line.split(" "));
}
