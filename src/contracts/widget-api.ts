import type { Evidence } from './evidence.js'

/**
 * Everything of the Widget API in one table: the callbacks of a page, the methods of `jivo_api`, the functions of the window.
 *
 * The playground, docs/widget.md and the names that `jivo-dev fire` knows are made of it; the widget is tested against it.
 */

/** A sentence in the two languages of our pages. Text between backticks is code. */
export interface Bilingual {
  readonly en: string
  readonly ru: string
}

export interface ApiArgument {
  readonly name: string
  /** In TypeScript's words. */
  readonly type: string
  readonly optional?: true
  readonly evidence: Evidence
  readonly about: Bilingual
  /** A value to begin with; absent where the argument is better left out, or is a function. */
  readonly example?: unknown
}

export interface ApiNote {
  readonly evidence: Evidence
  readonly text: Bilingual
}

export interface ApiEntry {
  readonly name: string
  /** `global`: a function of the window, beside `jivo_api`. */
  readonly kind: 'callback' | 'method' | 'global'
  readonly args: readonly ApiArgument[]
  /** What a method gives back; null for nothing, and for callbacks, whose answer nobody reads. */
  readonly returns: { readonly type: string; readonly evidence: Evidence; readonly about: Bilingual } | null
  readonly evidence: Evidence
  /** Where the fact comes from. */
  readonly source: string
  readonly about: Bilingual
  readonly notes: readonly ApiNote[]
}

const both = (en: string, ru: string): Bilingual => ({ en, ru })
const guess = (en: string, ru: string): ApiNote => ({ evidence: 'guessed', text: both(en, ru) })
const seen = (en: string, ru: string): ApiNote => ({ evidence: 'observed', text: both(en, ru) })
const written = (en: string, ru: string): ApiNote => ({ evidence: 'documented', text: both(en, ru) })

const arg = (name: string, type: string, about: Bilingual, example?: unknown, more: Partial<ApiArgument> = {}): ApiArgument => ({
  name,
  type,
  evidence: 'documented',
  about,
  ...(example === undefined ? {} : { example }),
  ...more,
})

const optional = { optional: true } as const

const callback = (name: string, about: Bilingual, args: readonly ApiArgument[] = [], notes: readonly ApiNote[] = []): ApiEntry => ({
  name,
  kind: 'callback',
  args,
  returns: null,
  evidence: 'documented',
  source: 'Widget API, callbacks',
  about,
  notes,
})

const method = (
  name: string,
  about: Bilingual,
  args: readonly ApiArgument[],
  returns: ApiEntry['returns'],
  notes: readonly ApiNote[] = [],
  more: Partial<ApiEntry> = {},
): ApiEntry => ({ name, kind: 'method', args, returns, evidence: 'documented', source: 'Widget API, methods', about, notes, ...more })

const okOrFail: ApiEntry['returns'] = {
  type: '{result: "ok"} | {result: "fail", reason: string}',
  evidence: 'documented',
  about: both('The texts of `reason` are ours: Jivo does not document them.', 'Тексты `reason` наши: Jivo их не описывает.'),
}

const failsOnMisuse = guess(
  'Gives nothing back; a wrong argument is answered with `{result: "fail", reason}`.',
  'Ничего не возвращает; на неверный аргумент отвечает `{result: "fail", reason}`.',
)

const contactFields = [
  arg('name', 'string | null', both("the visitor's name", 'имя посетителя'), 'Vera Lind', optional),
  arg('email', 'string | null', both('e-mail address', 'адрес почты'), 'vera@example.test', optional),
  arg('phone', 'string | null', both('phone number', 'номер телефона'), '+79005550142', optional),
  arg('description', 'string | null', both('a remark for the agents', 'заметка для операторов'), undefined, optional),
]

/** An object that is one argument, with the fields that are known of it. */
const fields = (name: string, parts: readonly ApiArgument[], about: Bilingual, more: Partial<ApiArgument> = {}): readonly ApiArgument[] => [
  arg(
    name,
    `{${parts.map(part => `${part.name}${part.optional ? '?' : ''}: ${part.type}`).join(', ')}}`,
    about,
    Object.fromEntries(parts.flatMap(part => (part.example === undefined ? [] : [[part.name, part.example]]))),
    more,
  ),
]

const callbacks: readonly ApiEntry[] = [
  callback('jivo_onLoadCallback', both('The widget is ready: calls of `jivo_api` begin here.', 'Виджет готов: вызовы `jivo_api` начинаются отсюда.')),
  callback(
    'jivo_onOpen',
    both(
      'The chat window opens, by the visitor or by itself: an invitation, `open()`.',
      'Окно чата открылось: его открыл посетитель, приглашение или `open()`.',
    ),
    [],
    [guess('Comes before the `jivo_onChangeState` of the same change.', 'Приходит раньше, чем `jivo_onChangeState` о той же перемене.')],
  ),
  callback('jivo_onClose', both('The chat window is minimised.', 'Окно чата свернулось.')),
  callback(
    'jivo_onChangeState',
    both('The widget goes from one state to another.', 'Виджет перешёл из одного состояния в другое.'),
    [
      arg(
        'state',
        '"chat" | "call" | "chat/call" | "label" | "chat/min" | "introduce" | "offline" | "offline/success"',
        both('the new state', 'новое состояние'),
        'chat',
      ),
    ],
    [guess('`label` before a conversation, `chat/min` with one.', '`label` до разговора, `chat/min` после его начала.')],
  ),
  callback(
    'jivo_onMessageSent',
    both("The visitor's first message, once, while the history is empty.", 'Первое сообщение посетителя: один раз, пока история пуста.'),
  ),
  callback(
    'jivo_onClientStartChat',
    both('The visitor begins a dialog, and no proactive invitation was shown before.', 'Посетитель начал диалог, и активного приглашения перед этим не было.'),
  ),
  callback(
    'jivo_onIntroduction',
    both(
      'The visitor sent the contact form; `getContactInfo()` already has the answers.',
      'Посетитель отправил контакты; `getContactInfo()` их уже возвращает.',
    ),
    [],
    [guess('`setContactInfo` does not call it.', '`setContactInfo` его не вызывает.')],
  ),
  callback('jivo_onAccept', both('An agent accepted the chat.', 'Оператор принял чат.')),
  callback(
    'jivo_onMessageReceived',
    both('A message of the agent.', 'Сообщение оператора.'),
    [],
    [written('An older edition has it only with a custom label; the current one always.', 'В старой редакции только со своим ярлыком, в нынешней всегда.')],
  ),
  callback(
    'jivo_onCallStart',
    both("A call to the visitor's number begins: from the form or from `startCall()`.", 'Начался звонок посетителю: из формы или из `startCall()`.'),
  ),
  callback('jivo_onCallEnd', both('The call has ended, or could not begin.', 'Звонок закончился или не начался.'), [
    arg('outcome', '{result: "ok"} | {result: "fail", reason: string}', both('how it went', 'чем кончилось'), { result: 'ok' }),
  ]),
  callback('jivo_onResizeCallback', both('The size changes: open, close, dragging.', 'Размер изменился: открытие, закрытие, перетаскивание.')),
  callback('jivo_onWidgetDestroy', both('After `jivo_destroy()`.', 'После `jivo_destroy()`.')),
]

const methods: readonly ApiEntry[] = [
  method(
    'open',
    both('Opens the chat window.', 'Открывает окно чата.'),
    [
      arg(
        'params',
        '{start?: "chat" | "call" | "menu"}',
        both('what it opens with; the chat when left out', 'с чего начать; без аргумента с чата'),
        { start: 'chat' },
        optional,
      ),
    ],
    { ...okOrFail, about: both('The sample of the documents shows `result` only.', 'В примере документации только `result`.') },
    [guess('`call` fails while no callback is set up.', '`call` отвечает `fail`, пока обратный звонок не настроен.')],
  ),
  method('close', both('Minimises the chat window.', 'Сворачивает окно чата.'), [], okOrFail),
  method(
    'showProactiveInvitation',
    both('Opens the window with a text as if an agent had written it.', 'Открывает окно с текстом как бы от оператора.'),
    [
      arg('text', 'string', both('text of the invitation', 'текст приглашения'), 'Can I help?'),
      arg('departmentId', 'number', both('department that answers', 'отдел, который ответит'), undefined, optional),
    ],
    null,
    [
      written(
        '`jivo_onOpen` comes; `jivo_onClientStartChat` does not when the visitor answers.',
        'Вызывается `jivo_onOpen`; `jivo_onClientStartChat` на ответ посетителя уже нет.',
      ),
      failsOnMisuse,
    ],
  ),
  method(
    'setWidgetColor',
    both('Colours the widget; two colours make a gradient.', 'Меняет цвет виджета; два цвета дают градиент.'),
    [
      arg('color', 'string', both('such as `#2b7cff`', 'например `#2b7cff`'), '#2b7cff'),
      arg('color2', 'string', both('the other end of a gradient', 'второй конец градиента'), undefined, optional),
    ],
    null,
    [failsOnMisuse],
  ),
  method('chatMode', both('Whether an agent is online.', 'Есть ли операторы в сети.'), [], {
    type: '"online" | "offline"',
    evidence: 'documented',
    about: both('a bare string, at once', 'просто строка, сразу'),
  }),
  method('startCall', both('Calls a phone number.', 'Звонит на номер.'), [arg('phone', 'string', both('with a plus', 'с плюсом'), '+79005550142')], okOrFail, [
    written('Wants the callback set up, and money for calls.', 'Нужны настроенный обратный звонок и баланс для звонков.'),
    guess(
      'A call that cannot begin also comes to `jivo_onCallEnd`. Digits without a plus are taken. A second call while one is running is refused, and the running one goes on.',
      'О звонке, который не начался, узнаёт и `jivo_onCallEnd`. Номер без плюса принимается. Второй звонок, пока идёт первый, не начнётся, а первый продолжится.',
    ),
  ]),
  method(
    'sendOfflineMessage',
    both('Sends an offline message. Only while nobody is online.', 'Отправляет офлайн-сообщение. Только когда операторов нет.'),
    fields(
      'info',
      [...contactFields, arg('message', 'string', both('the message', 'сообщение'), 'Please write back')],
      both('contacts and the text', 'контакты и текст'),
    ),
    {
      type: '{result: "ok"} | {result: "fail", error: string}',
      evidence: 'documented',
      about: both('The key is `error`, not `reason`.', 'Ключ `error`, а не `reason`.'),
    },
    [
      guess(
        'The message is recorded at once. The documents also say that it fills the form for the visitor to send; the contacts stay in the form.',
        'Сообщение записывается сразу. По документации ещё и заполняется форма, которую отправляет посетитель; контакты остаются в форме.',
      ),
    ],
  ),
  method(
    'sendPageTitle',
    both(
      'Tells the agents the title and the address of a page that changed without loading.',
      'Сообщает операторам заголовок и адрес страницы без перезагрузки.',
    ),
    [
      arg('title', 'string', both('new title', 'новый заголовок'), 'Cart'),
      arg('fromApi', 'boolean', both('`true` in the sample', 'в примере `true`'), true, optional),
      arg('url', 'string', both('new address', 'новый адрес'), 'https://shop.example.test/cart', optional),
    ],
    null,
    [guess('Webhooks carry the new page at once.', 'В вебхуках сразу новая страница.')],
  ),
  method(
    'setContactInfo',
    both('Gives the contacts as if the visitor had typed them.', 'Передаёт контакты, как будто их ввёл посетитель.'),
    fields('info', contactFields, both('a key that is left out keeps its value', 'пропущенный ключ сохраняет значение')),
    { type: '{result: "ok"} | {result: "fail", reason: string}', evidence: 'guessed', about: both('Jivo documents no answer.', 'Jivo ответа не описывает.') },
    [seen('Keys that are left out keep their values: Jivo’s mobile script.', 'Пропущенные ключи сохраняют значения: мобильный скрипт Jivo.')],
  ),
  method(
    'setClientAttributes',
    both("Sets the client's attributes.", 'Задаёт атрибуты клиента.'),
    [
      arg('attributes', 'Record<string, string | number>', both('values by attribute id: texts and numbers', 'значения по id атрибута: строки и числа'), {
        plan: 'gold',
        orders: 3,
      }),
    ],
    null,
    [
      written('At most 10 calls an hour for a visitor.', 'Не больше 10 вызовов в час на посетителя.'),
      guess('A call past the limit is dropped with a warning.', 'Вызов сверх лимита отбрасывается с предупреждением.'),
    ],
  ),
  method(
    'setCustomData',
    both(
      "Shows a list of fields in the agent's side panel, in their order, with tags escaped.",
      'Показывает оператору список полей по порядку, теги экранируются.',
    ),
    [
      arg(
        'fields',
        '{content: string, title?: string, link?: string, key?: string}[]',
        both('at most 10; `key` is a bold prefix', 'не больше 10; `key` выделен жирным'),
        [{ content: 'Gold until May', title: 'Plan' }],
      ),
    ],
    { type: '{result: "ok"} | {result: "fail", reason: string}', evidence: 'observed', about: both('seen in one typed wrapper', 'замечено в одной обёртке') },
    [
      guess('A new call replaces the whole set.', 'Новый вызов заменяет весь набор.'),
      guess('More than 10 fields are refused with a warning.', 'Больше 10 полей: отказ и предупреждение.'),
    ],
  ),
  method(
    'setUserToken',
    both('Says who the visitor is on the site; webhooks carry it as `user_token`.', 'Говорит, кто посетитель на сайте; в вебхуках это `user_token`.'),
    [arg('token', 'string', both('any text, or a JWT', 'любой текст или JWT'), 'customer-58213')],
    {
      type: '{result: "ok" | "fail", token: string | boolean}',
      evidence: 'observed',
      about: both('seen in one typed wrapper', 'замечено в одной обёртке'),
    },
  ),
  method(
    'setRules',
    both('Replaces the automatic actions of the channel.', 'Заменяет автоматические действия канала.'),
    [arg('rules', 'object', both('what the cabinet exports', 'то, что выгружает кабинет'), [{ when: { seconds: 1 }, invite: { text: 'Still thinking?' } }])],
    null,
    [
      guess(
        "Jivo's structure is not public: jivo-dev knows a list of `{when, invite}` of its own. Other rules only switch the account's off.",
        'Структура Jivo не опубликована: jivo-dev понимает свой список `{when, invite}`. Другие правила лишь отключают правила аккаунта.',
      ),
    ],
  ),
  method('getContactInfo', both("The visitor's contacts.", 'Контакты посетителя.'), [], {
    type: '{client_name: string | null, email: string | null, phone: string | null, description: string | null}',
    evidence: 'documented',
    about: both('`client_name`, though the setter takes `name`; null for what was not given', '`client_name`, хотя задаётся `name`; null, если не указано'),
  }),
  method(
    'getVisitorNumber',
    both('The number of the visitor, the same as in the webhooks.', 'Номер посетителя, тот же, что в вебхуках.'),
    [arg('callback', '(error: null, number: number) => void', both('error first, not at once', 'сначала ошибка, не сразу'))],
    null,
    [failsOnMisuse],
  ),
  method('getUnreadMessagesCount', both('Messages that the visitor has not seen.', 'Сколько сообщений посетитель не видел.'), [], {
    type: 'number',
    evidence: 'documented',
    about: both('0 again when the window opens', 'снова 0, когда окно открыто'),
  }),
  method('getUtm', both('The UTM labels of the first visit.', 'UTM-метки первого визита.'), [], {
    type: '{source, campaign, content, medium, term}',
    evidence: 'documented',
    about: both('null for a label that is missing: a guess', 'null вместо метки, которой нет: догадка'),
  }),
  method(
    'isCallbackEnabled',
    both('Whether a call can be asked for.', 'Можно ли заказать звонок.'),
    [arg('callback', '(answer: {result: "ok" | "fail", reason?: string}) => void', both('not at once', 'не сразу'))],
    null,
    [failsOnMisuse],
  ),
  method(
    'clearHistory',
    both('Forgets the visitor and the conversation in this browser: for a logout.', 'Забывает посетителя и переписку в этом браузере: для выхода.'),
    [],
    null,
    [
      guess(
        'The next visitor of this browser has a new number; the old client stays in the account.',
        'У следующего посетителя новый номер; прежний клиент остаётся в аккаунте.',
      ),
    ],
  ),
  method(
    'sendMessage',
    both('Sends a message as the visitor.', 'Отправляет сообщение от имени посетителя.'),
    [
      arg(
        'pairs',
        'object',
        both('labels and values that stand before the text', 'подписи и значения перед текстом'),
        { Order: 'KM-1042' },
        { evidence: 'observed' },
      ),
      arg('text', 'string', both('the message', 'сообщение'), 'Is it on its way?', { evidence: 'observed' }),
    ],
    { type: '{result: "ok"} | {result: "fail", reason: string}', evidence: 'guessed', about: both('unknown', 'неизвестно') },
    [guess('A single text is taken too. How pairs look in the chat is ours.', 'Можно передать и один текст. Вид пар в чате наш.')],
    { evidence: 'observed', source: 'called by live sites' },
  ),
  method(
    '_sendIntroduce',
    both('Sends the contacts as if the visitor had filled in the form.', 'Отправляет контакты, как будто посетитель заполнил форму.'),
    fields('info', contactFields.slice(0, 3), both('contacts', 'контакты'), { evidence: 'observed' }),
    { type: '{result: "ok"} | {result: "fail", reason: string}', evidence: 'guessed', about: both('unknown', 'неизвестно') },
    [guess('`jivo_onIntroduction` follows.', 'Следом вызывается `jivo_onIntroduction`.')],
    { evidence: 'observed', source: 'called by live sites' },
  ),
]

const globals: readonly ApiEntry[] = [
  {
    name: 'jivo_init',
    kind: 'global',
    args: [],
    returns: null,
    evidence: 'documented',
    source: "Widget API, methods; Jivo's loader 30.1.0",
    about: both('Starts the widget, also after `jivo_destroy()`.', 'Запускает виджет, в том числе после `jivo_destroy()`.'),
    notes: [guess('`jivo_onLoadCallback` comes again.', '`jivo_onLoadCallback` вызывается снова.')],
  },
  {
    name: 'jivo_destroy',
    kind: 'global',
    args: [],
    returns: null,
    evidence: 'documented',
    source: "Widget API, methods; Jivo's loader 30.1.0",
    about: both('Takes the widget off the page.', 'Убирает виджет со страницы.'),
    notes: [],
  },
]

export const widgetApi: readonly ApiEntry[] = [...methods, ...globals, ...callbacks]

export const callbackNames: readonly string[] = callbacks.map(({ name }) => name)
export const methodNames: readonly string[] = methods.map(({ name }) => name)
