/** "Ignore the previous instructions" in languages that the patterns of English words don't read. */
const OVERRIDES: readonly RegExp[] = [
  /(?:忽略|无视|忘记|忽視|無視)[^。\n]{0,14}(?:指令|指示|提示|说明|規則|规则|命令)/gu,
  /(?:以前|上記|これまで|今まで|前)の[^。\n]{0,10}(?:指示|命令|プロンプト|ルール)[^。\n]{0,6}(?:無視|忘れ)/gu,
  /(?:이전|위의|앞의)[^.\n]{0,10}(?:지시|명령|지침)[^.\n]{0,6}(?:무시|잊)/gu,
  /(?:игнорир|проигнорир|забудь|не обращай внимания)[^.\n]{0,40}(?:инструкц|указани|команд|правил)/giu,
  /(?:تجاهل|انس)[^.\n]{0,30}(?:التعليمات|الأوامر|الإرشادات)/gu,
  /(?:ignorier|vergiss|vergess|missacht)[^.\n]{0,40}(?:anweisung|instruktion|vorgaben|anordnung)/giu,
  /(?:ignor[ae]|olvid[ae]|descart[ae])[^.\n]{0,30}(?:instrucciones|indicaciones|directrices)/giu,
  /(?:ignore|oublie)[^.\n]{0,30}(?:consignes|directives précédentes|instructions précédentes|instructions antérieures)/giu,
  /(?:ignor[ea]|esqueça|desconsidere)[^.\n]{0,30}(?:instruções|orientações)/giu,
  /(?:ignora|dimentica)[^.\n]{0,30}(?:istruzioni|direttive)/giu,
  /(?:negeer|vergeet)[^.\n]{0,30}(?:instructies|aanwijzingen)/giu,
  /(?:zignoruj|zapomnij)[^.\n]{0,30}(?:instrukcje|polecenia)/giu,
];

/** All repetitions are bounded, so the work grows with the text and no faster. */
export function* foreignOverrides(text: string): Iterable<{ start: number; end: number }> {
  for (const pattern of OVERRIDES) {
    for (const { index, 0: found } of text.matchAll(pattern)) {
      yield { start: index, end: index + found.length };
    }
  }
}
