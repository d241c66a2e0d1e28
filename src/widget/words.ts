/** Everything that the widget says. */
const en = {
  agentJoined: (name: string) => `${name} joined the chat`,
  askUs: 'Ask us, we are online',
  attach: 'Attach a file',
  byUs: 'test widget, jivo-dev',
  callMe: 'Call me',
  chat: 'Chat',
  choose: 'Choose one of the answers',
  connecting: 'connecting again…',
  contactsSent: 'Contacts sent',
  delivered: 'delivered',
  empty: 'Write a question; the answer will appear here.',
  failed: 'not sent, press to repeat',
  isTyping: (name: string) => `${name || 'The agent'} is typing`,
  leaveMessage: 'Leave a message',
  messages: 'Messages',
  minimise: 'Minimise',
  noConnection: 'No connection, trying every 2 s',
  online: 'online',
  orWrite: 'Or just write here',
  record: 'Record a voice message',
  send: 'Send',
  sending: 'sending',
  title: 'Ask us anything',
  today: 'Today',
  unread: 'unread:',
  waits: 'waits for the connection',
  weAreOffline: 'we are offline',
  weAreOnline: 'we are online',
  write: 'Write a message',
  yesterday: 'Yesterday',
  you: 'You',
}

export type Words = typeof en

const ru: Words = {
  agentJoined: name => `${name} в чате`,
  askUs: 'Напишите нам, мы онлайн',
  attach: 'Приложить файл',
  byUs: 'тестовый виджет, jivo-dev',
  callMe: 'Позвоните мне',
  chat: 'Чат',
  choose: 'Выберите один из ответов',
  connecting: 'соединяемся снова…',
  contactsSent: 'Контакты отправлены',
  delivered: 'доставлено',
  empty: 'Напишите вопрос, ответ появится здесь.',
  failed: 'не отправлено, нажмите для повтора',
  isTyping: name => `${name || 'Оператор'} печатает`,
  leaveMessage: 'Оставьте сообщение',
  messages: 'Сообщения',
  minimise: 'Свернуть',
  noConnection: 'Нет связи, пробуем каждые 2 с',
  online: 'на связи',
  orWrite: 'Или просто напишите',
  record: 'Записать голосовое сообщение',
  send: 'Отправить',
  sending: 'отправляется',
  title: 'Задайте вопрос',
  today: 'Сегодня',
  unread: 'непрочитано:',
  waits: 'ждёт соединения',
  weAreOffline: 'мы офлайн',
  weAreOnline: 'мы онлайн',
  write: 'Напишите сообщение',
  yesterday: 'Вчера',
  you: 'Вы',
}

export type Language = 'en' | 'ru'

/** The widget's language for a language tag of a page or a browser. */
export const languageOf = (tag: string): Language => (/^ru\b/i.test(tag) ? 'ru' : 'en')

/** The one language of a built bundle. */
declare const __LANGUAGE__: Language | undefined

export const wordsOf = (language: Language): Words => ((typeof __LANGUAGE__ === 'string' ? __LANGUAGE__ : language) === 'ru' ? ru : en)
