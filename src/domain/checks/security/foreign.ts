/** "Ignore the previous instructions" in other languages than English. */
export const OVERRIDES: readonly RegExp[] = [
  /(?:忽略|无视|忘记|忽視|無視)[^。\n]{0,14}(?:指令|指示|提示|说明|規則|规则|命令)/gu,
  /(?:以前|上記|これまで|今まで|前)の[^。\n]{0,10}(?:指示|命令|プロンプト|ルール)[^。\n]{0,6}(?:無視|忘れ)/gu,
  /(?:이전|위의|앞의)[^.\n]{0,10}(?:지시|명령|지침)[^.\n]{0,6}(?:무시|잊)/gu,
  /(?:игнорируй|проигнорируй|забудь|не обращай внимания)[^.\n]{0,40}(?:инструкц|указани|команд|правил)/giu,
  /(?:تجاهل|انس)[^.\n]{0,30}(?:التعليمات|الأوامر|الإرشادات)/gu,
  /(?:ignorier|vergiss|vergess|missacht)[^.\n]{0,40}(?:anweisung|instruktion|vorgaben|anordnung|richtlinien)/giu,
  /(?:ignor[ae]|olvid[ae]|descart[ae])[^.\n]{0,30}(?:instrucciones|indicaciones|directrices)/giu,
  /(?:ignore|oublie)[^.\n]{0,30}(?:consignes|directives précédentes|instructions précédentes|instructions antérieures)/giu,
  /(?:ignor[ea]|esqueça|desconsidere)[^.\n]{0,30}(?:instruções|orientações)/giu,
  /(?:ignora|dimentica)[^.\n]{0,30}(?:istruzioni|direttive)/giu,
  /(?:negeer|vergeet)[^.\n]{0,30}(?:instructies|aanwijzingen)/giu,
  /(?:ігноруй|забудь|не зважай)[^.\n]{0,40}(?:інструкц|вказівк|команд|правил)/giu,
  /(?:ignorera|glöm|strunta i|ignorer|glem)[^.\n]{0,30}(?:instruktioner|anvisningar|instrukser|regler)/giu,
  /(?:talimat|yönerge|komut)[^.\n]{0,30}(?:yok say|görmezden gel|unut|dikkate alma)/giu,
  /(?:abaikan|lupakan)[^.\n]{0,30}(?:instruksi|perintah|arahan)/giu,
  /(?:bỏ qua|phớt lờ|quên)[^.\n]{0,30}(?:hướng dẫn|chỉ dẫn|chỉ thị|lệnh)/giu,
  /(?:निर्देश|आदेश)[^।\n]{0,30}(?:अनदेखा|नज़रअंदाज़|भूल)/gu,
  /(?:התעלם|התעלמי|תתעלם|שכח)[^.\n]{0,30}(?:הוראות|ההוראות|הנחיות|ההנחיות)/gu,
  /(?:ignoruj|ignorujte|zapomeň)[^.\n]{0,30}(?:pokyny|instrukce|inštrukcie)/giu,
  /(?:ignorez|oubliez|ne tenez pas compte)[^.\n]{0,30}(?:consignes|directives|instructions|règles)/giu,
  /(?:vergiss|vergesst|vergessen sie) alles[^.\n]{0,30}(?:gesagt|vorher|bisher)/giu,
  /(?:zignoruj|zapomnij)[^.\n]{0,30}(?:instrukcje|polecenia)/giu,
];

/** "Do not tell the user" in other languages than English. */
export const CONCEALMENTS: readonly RegExp[] = [
  /(?:sag|sage|erzähl|erzähle|verrate|teile?) [^.\n]{0,20}(?:benutzer|nutzer|anwender)[^.\n]{0,20}(?:nicht|nichts)/giu,
  /no (?:le |se lo |lo )?(?:digas|diga|informes|menciones|cuentes)[^.\n]{0,20}usuario/giu,
  /ne (?:le |l')?(?:dis|dites|mentionne|mentionnez|informe|informez)[^.\n]{0,30}(?:utilisateur)/giu,
  /não (?:conte|diga|informe|mencione)[^.\n]{0,20}usuário/giu,
  /non (?:dire|dirlo|informare|menzionare)[^.\n]{0,20}utente/giu,
  /(?:不要|别|勿|切勿)(?:告诉|告知|通知|提醒)[^。\n]{0,4}用户|(?:不要|勿)(?:告訴|告知)[^。\n]{0,4}(?:使用者|用戶)/gu,
  /ユーザー?(?:に|には)[^。\n]{0,12}(?:言わない|伝えない|知らせない|教えない)/gu,
  /사용자(?:에게)[^.\n]{0,12}(?:말하지|알리지)/gu,
  /не (?:говори|сообщай|рассказывай|упоминай)[^.\n]{0,20}пользовател/giu,
];

const USER =
  /nutzer|anwender|usu[aá]rio|utilisateur|utente|用户|用戶|使用者|ユーザ|사용자|пользовател/iu;

export function foreignConcealments(text: string): Iterable<{ start: number; end: number }> {
  return USER.test(text) ? found(CONCEALMENTS, text) : [];
}

/** Every repetition is bounded, so the time grows with the length of the text and no faster. */
export function foreignOverrides(text: string): Iterable<{ start: number; end: number }> {
  return found(OVERRIDES, text);
}

function* found(
  patterns: readonly RegExp[],
  text: string,
): Iterable<{ start: number; end: number }> {
  for (const pattern of patterns) {
    for (const { index, 0: place } of text.matchAll(pattern)) {
      yield { start: index, end: index + place.length };
    }
  }
}
