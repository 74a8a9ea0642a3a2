import { ForeignPhrase } from "./foreignPhrase.ts";

/** The words of one language for the parts of an order, in lower case and with `|` between alternatives. */
interface Language {
  readonly when: string;
  readonly otherTool: string;
  readonly call: string;
  readonly user: string;
  readonly regardless: string;
  readonly change: string;
  readonly argument: string;
  readonly always: string;
  readonly thisTool: string;
  readonly bad: string;
  /** Words for sending and for doing it besides, in the order of the language. */
  readonly alsoSend: readonly [first: string, second: string];
  readonly notice: string;
  readonly model: string;
  readonly follow: string;
  readonly result: string;
  readonly run: string;
  /** True where the verb stands at the end. */
  readonly endsInVerb?: boolean;
}

const LANGUAGES: readonly Language[] = [
  {
    when: "bevor|vor jedem|nach jedem|sobald|jedes mal",
    otherTool:
      "anderes werkzeug|anderen werkzeug|anderem werkzeug|anderer werkzeug|andere werkzeug|anderes tool|anderen tool|anderem tool|anderer tool|andere tool|jedes werkzeug|jeden werkzeug|jedem werkzeug|jeder werkzeug|jede werkzeug|jedes tool|jeden tool|jedem tool|jeder tool|jede tool",
    call: "muss|rufe|aufruf|ausführen|verwende",
    user: "nutzer|anwender",
    regardless: "unabhängig davon|ungeachtet|egal was",
    change: "ändere|ersetze|überschreibe",
    argument: "parameter|empfänger|argument",
    always: "immer|ausschließlich|stets",
    thisTool: "dieses werkzeug|dieses tool",
    bad: "veraltet|unsicher|fehlerhaft|kompromittiert",
    alsoSend: ["sende|schicke|leite", "auch|zusätzlich|kopie|weiter"],
    notice: "systemhinweis|sicherheitsrichtlinie|anweisung des administrators|systemanweisung",
    model: "modell|assistent|agent|ki",
    follow: "folge",
    result: "ergebnis|antwort|ausgabe",
    run: "führe|starte|tippe",
  },
  {
    when: "antes de|después de|cada vez que|siempre que",
    otherTool: "otra herramienta|cualquier herramienta|cada herramienta",
    call: "debe|llama|llame|ejecut|invoca|invoque",
    user: "usuario",
    regardless: "independientemente de|sin importar",
    change: "cambia|reemplaza|sustituye",
    argument: "parámetro|destinatario|argumento",
    always: "siempre|únicamente|exclusivamente",
    thisTool: "esta herramienta",
    bad: "obsoleta|obsoleto|insegura|inseguro|comprometida|comprometido",
    alsoSend: ["envía|manda", "también|además|copia"],
    notice: "aviso del sistema|política de seguridad|orden del administrador",
    model: "modelo|asistente|agente",
    follow: "sigue|obedece",
    result: "resultado|respuesta|salida",
    run: "ejecuta|corre|lanza",
  },
  {
    when: "avant de|avant d'|après chaque|chaque fois que|avant tout",
    otherTool: "autre outil|chaque outil",
    call: "doit|devez|appelle|appelez|exécute|exécutez|lancez|invoque",
    user: "utilisateur",
    regardless: "quel que soit|quoi que|indépendamment",
    change: "change|remplace|modifie",
    argument: "paramètre|destinataire|argument",
    always: "toujours|uniquement|exclusivement",
    thisTool: "cet outil",
    bad: "obsolète|dangereux|compromis",
    alsoSend: ["envoie|envoyez|transfère|transmets", "aussi|également|copie"],
    notice: "avis du système|politique de sécurité|ordre de l'administrateur",
    model: "modèle|assistant|agent",
    follow: "suis|suivez|obéis",
    result: "résultat|réponse|sortie",
    run: "exécute|lance",
  },
  {
    when: "antes de|depois de|sempre que|cada vez que",
    otherTool: "outra ferramenta|qualquer ferramenta|cada ferramenta",
    call: "deve|chame|chamar|execute|invoque",
    user: "usuário|utilizador",
    regardless: "independentemente|não importa",
    change: "altere|substitua|troque",
    argument: "parâmetro|destinatário|argumento",
    always: "sempre|somente|exclusivamente",
    thisTool: "esta ferramenta",
    bad: "obsoleta|obsoleto|insegura|inseguro|comprometida|comprometido",
    alsoSend: ["envie|encaminhe|mande", "também|cópia"],
    notice: "aviso do sistema|política de segurança|ordem do administrador",
    model: "modelo|assistente|agente",
    follow: "siga|obedeça",
    result: "resultado|resposta|saída",
    run: "execute|rode",
  },
  {
    when: "prima di|dopo ogni|ogni volta che",
    otherTool:
      "altro strumento|altro strumenti|altri strumento|altri strumenti|qualsiasi strumento|qualsiasi strumenti|ogni strumento|ogni strumenti",
    call: "deve|chiam|esegui|invoca",
    user: "utente",
    regardless: "indipendentemente|a prescindere|qualunque cosa",
    change: "cambia|sostituisci|modifica",
    argument: "parametro|destinatario|argomento",
    always: "sempre|soltanto|esclusivamente",
    thisTool: "questo strumento",
    bad: "obsoleto|obsoleti|insicuro|insicuri|compromesso|compromessi",
    alsoSend: ["invia|inoltra|manda", "anche|copia"],
    notice: "avviso di sistema|politica di sicurezza|ordine dell'amministratore",
    model: "modello|assistente|agente",
    follow: "segui|obbedisci",
    result: "risultato|risposta|uscita",
    run: "esegui|lancia",
  },
  {
    when: "voordat|na elke|telkens wanneer|vóór elk",
    otherTool:
      "andere hulpmiddel|ander hulpmiddel|andere tool|ander tool|andere gereedschap|ander gereedschap|elke hulpmiddel|elk hulpmiddel|elke tool|elk tool|elke gereedschap|elk gereedschap|iedere hulpmiddel|ieder hulpmiddel|iedere tool|ieder tool|iedere gereedschap|ieder gereedschap",
    call: "moet|roep|voer",
    user: "gebruiker",
    regardless: "ongeacht|los van wat",
    change: "wijzig|vervang|verander",
    argument: "parameter|ontvanger|argument",
    always: "altijd|uitsluitend",
    thisTool: "dit hulpmiddel|deze tool",
    bad: "verouderd|onveilig|gecompromitteerd",
    alsoSend: ["stuur|verzend", "ook|kopie"],
    notice: "systeemmelding|beveiligingsbeleid|opdracht van de beheerder",
    model: "model|assistent|agent",
    follow: "volg|gehoorzaam",
    result: "resultaat|antwoord|uitvoer",
    run: "voer|start",
  },
  {
    when: "перед|прежде чем|после каждого|каждый раз",
    otherTool:
      "другой инструмент|другого инструмент|другим инструмент|любого инструмент|любым инструмент|каждым инструмент|каждого инструмент",
    call: "должен|вызови|вызыва|выполни|обязательно",
    user: "пользовател",
    regardless: "независимо от|вне зависимости|что бы ни",
    change: "измени|замени|подмени",
    argument: "параметр|получател|аргумент",
    always: "всегда|только|исключительно",
    thisTool: "этот инструмент",
    bad: "устарел|небезопасн|скомпрометирован",
    alsoSend: ["отправ|перешли|пошли", "также|копи"],
    notice: "системное уведомление|политика безопасности|приказ администратора",
    model: "модел|ассистент|агент",
    follow: "следуй|выполняй",
    result: "результат|ответ|вывод",
    run: "выполни|запусти",
  },
  {
    when: "在使用|在调用|每次|调用任何|使用任何|之前",
    otherTool: "其他工具|任何工具|其它工具|别的工具|每个工具",
    call: "必须|先调用|先执行|首先",
    user: "用户",
    regardless: "无论|不管|不论",
    change: "改为|替换|修改",
    argument: "参数|收件人",
    always: "总是|始终|只能|优先",
    thisTool: "此工具|本工具|这个工具",
    bad: "已弃用|不安全|已过时|不可信",
    alsoSend: ["同时|并且|还要|另外", "发送|上传|转发"],
    notice: "系统通知|安全策略|管理员命令|系统指令",
    model: "模型|助手|代理",
    follow: "遵循|执行|服从",
    result: "结果|响应|输出",
    run: "运行|执行",
  },
  {
    when: "前に|たびに|後に",
    otherTool: "他のツール|すべてのツール|どのツール|別のツール",
    call: "必ず|呼び出|実行",
    user: "ユーザ",
    regardless: "関係なく|かかわらず|問わず",
    change: "変更|置き換え|書き換え",
    argument: "引数|パラメータ|宛先",
    always: "常に|必ず|優先",
    thisTool: "このツール",
    bad: "非推奨|安全ではない|古い",
    alsoSend: ["も|コピーを", "送信|アップロード|転送"],
    notice: "システム通知|セキュリティポリシー|管理者の命令",
    model: "モデル|アシスタント|エージェント",
    follow: "従|実行",
    result: "結果|応答|出力",
    run: "実行",
    endsInVerb: true,
  },
  {
    when: "전에|때마다|후에",
    otherTool: "다른 도구|모든 도구|어떤 도구",
    call: "반드시|호출|실행",
    user: "사용자",
    regardless: "관계없이|상관없이",
    change: "변경|바꾸|교체",
    argument: "인수|매개변수|수신자",
    always: "항상|오직|우선",
    thisTool: "이 도구",
    bad: "사용 중단|안전하지|오래된",
    alsoSend: ["또한|함께|사본", "보내|전송|업로드"],
    notice: "시스템 알림|보안 정책|관리자 명령",
    model: "모델|어시스턴트|에이전트",
    follow: "따르|실행",
    result: "결과|응답|출력",
    run: "실행",
    endsInVerb: true,
  },
  {
    when: "قبل استخدام|قبل أي|بعد كل|في كل مرة",
    otherTool: "أداة أخرى|أي أداة|كل أداة|الأدوات الأخرى",
    call: "يجب|استدع|نفذ",
    user: "المستخدم",
    regardless: "بغض النظر|مهما",
    change: "غيّر|غير|استبدل",
    argument: "المعامل|المستلم|الوسيط",
    always: "دائما|دائمًا|فقط",
    thisTool: "هذه الأداة",
    bad: "قديمة|غير آمنة",
    alsoSend: ["أرسل|حوّل", "أيضا|أيضًا|نسخة"],
    notice: "إشعار النظام|سياسة الأمان|أمر المدير",
    model: "النموذج|المساعد|الوكيل",
    follow: "اتبع|نفذ",
    result: "النتيجة|الرد|المخرجات",
    run: "شغّل|نفذ",
  },
  {
    when: "önce|her seferinde|sonra",
    otherTool: "diğer araç|başka araç|herhangi bir araç|her araç",
    call: "zorunlu|çağır|çalıştır",
    user: "kullanıcı",
    regardless: "bakılmaksızın|ne olursa olsun",
    change: "değiştir",
    argument: "parametre|alıcı|argüman",
    always: "her zaman|daima|yalnızca",
    thisTool: "bu aracı",
    bad: "kullanımdan kaldırıl|güvensiz|güncel değil",
    alsoSend: ["ayrıca|kopya", "gönder|yükle"],
    notice: "sistem bildirimi|güvenlik politikası|yönetici emri",
    model: "model|asistan|ajan",
    follow: "uygula|takip et",
    result: "sonuc|sonuç|yanıt|çıktı",
    run: "çalıştır",
    endsInVerb: true,
  },
];

/** Parts in order, so many characters apart at most and within one sentence. */
function within(most: number, ...parts: readonly string[]): ForeignPhrase {
  return new ForeignPhrase(
    parts.map((part) => part.split("|")),
    most,
  );
}

export const TOOL_ORDERS = LANGUAGES.flatMap(({ when, otherTool, call }) => [
  within(48, when, otherTool, call),
  within(48, otherTool, when, call),
]);

export const OVERRULINGS = LANGUAGES.flatMap(
  ({ regardless, user, change, argument, otherTool, endsInVerb }) => [
    endsInVerb === true ? within(40, user, regardless) : within(32, regardless, user),
    endsInVerb === true
      ? within(40, otherTool, argument, change)
      : within(40, change, argument, otherTool),
  ],
);

export const DISPLACEMENTS = LANGUAGES.flatMap(({ always, thisTool, bad, otherTool }) => [
  within(40, otherTool, bad),
  within(24, always, thisTool, otherTool),
  within(24, thisTool, always, otherTool),
  within(40, otherTool, thisTool, always),
]);

const ADDRESSES = "http://|https://|@";

export const DATA_SINKS = LANGUAGES.map(({ alsoSend, endsInVerb }) =>
  endsInVerb === true ? within(60, ADDRESSES, ...alsoSend) : within(60, ...alsoSend, ADDRESSES),
);

export const AUTHORITIES = LANGUAGES.map(({ notice, model }) => within(48, notice, model));

const ORDERS =
  "anweisung|instruccion|instruction|instruç|istruzion|instructie|инструкци|指令|指示|명령|지시|تعليمات|talimat";

export const LATER_CHANGES = LANGUAGES.flatMap(({ follow, result, endsInVerb }) => [
  endsInVerb === true ? within(24, result, ORDERS, follow) : within(24, follow, ORDERS, result),
  within(16, result, ORDERS, follow),
  within(16, follow, result, ORDERS),
]);

/** Programs that no description needs to have run. */
const PROGRAMS = "curl |wget |rm -|chmod |sudo |bash -|nc -";

export const COMMAND_ORDERS = LANGUAGES.map(({ run, endsInVerb }) =>
  endsInVerb === true ? within(60, PROGRAMS, run) : within(24, run, PROGRAMS),
);
