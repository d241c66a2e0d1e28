/** Everything that the widget says. */
const en = {
  addressIs: (address: string) => `We will answer ${address}.`,
  agentJoined: (name: string) => `${name} joined the chat`,
  another: 'Write another',
  askUs: 'Ask us, we are online',
  badEmail: 'An e-mail address has an @ in it',
  byUs: 'test widget, jivo-dev',
  chat: 'Chat',
  connecting: 'connecting again…',
  contactsSent: 'Contacts sent',
  delivered: 'delivered',
  email: 'E-mail',
  empty: 'Write a question; the answer will appear here.',
  failed: 'not sent, press to repeat',
  leaveContacts: 'Leave your contacts, and we will write even if you go.',
  leaveMessage: 'Leave a message',
  message: 'Message',
  messages: 'Messages',
  minimise: 'Minimise',
  name: 'Name',
  noAddress: 'An e-mail or a phone is needed to answer you',
  noConnection: 'No connection, trying every 2 s',
  noMessage: 'The message is empty',
  offlineFine: 'We answer by e-mail or phone.',
  online: 'online',
  orWrite: 'Or just write here',
  phone: 'Phone',
  send: 'Send',
  sendContacts: 'Send contacts',
  sending: 'sending',
  sendMessage: 'Send the message',
  sent: 'Message sent',
  shortPhone: 'The number is too short',
  skip: 'Not now',
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
/** Words that are plain text. */
export type WordKey = { [Key in keyof Words]: Words[Key] extends string ? Key : never }[keyof Words]

const ru: Words = {
  addressIs: address => `Ответим на ${address}.`,
  agentJoined: name => `${name} в чате`,
  another: 'Написать ещё',
  askUs: 'Напишите нам, мы онлайн',
  badEmail: 'В адресе почты должен быть знак @',
  byUs: 'тестовый виджет, jivo-dev',
  chat: 'Чат',
  connecting: 'соединяемся снова…',
  contactsSent: 'Контакты отправлены',
  delivered: 'доставлено',
  email: 'E-mail',
  empty: 'Напишите вопрос, ответ появится здесь.',
  failed: 'не отправлено, нажмите для повтора',
  leaveContacts: 'Оставьте контакты, и мы ответим, даже если вы уйдёте.',
  leaveMessage: 'Оставьте сообщение',
  message: 'Сообщение',
  messages: 'Сообщения',
  minimise: 'Свернуть',
  name: 'Имя',
  noAddress: 'Чтобы ответить вам, нужна почта или телефон',
  noConnection: 'Нет связи, пробуем каждые 2 с',
  noMessage: 'Сообщение пустое',
  offlineFine: 'Ответим по почте или телефону.',
  online: 'на связи',
  orWrite: 'Или просто напишите',
  phone: 'Телефон',
  send: 'Отправить',
  sendContacts: 'Отправить контакты',
  sending: 'отправляется',
  sendMessage: 'Отправить сообщение',
  sent: 'Сообщение отправлено',
  shortPhone: 'Номер слишком короткий',
  skip: 'Не сейчас',
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
