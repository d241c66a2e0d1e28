import * as advice from '../reading/advice-words.js'
import type { Lang } from './settings.js'
import * as card from './words/card.js'
import * as desk from './words/desk.js'
import * as fire from './words/fire.js'
import * as shell from './words/shell.js'
import * as timeline from './words/timeline.js'

/** Every word of the console that is not part of an event, by place. Text between backticks is shown as code. */
const en = { ...shell.en, ...desk.en, ...card.en, ...timeline.en, ...advice.en, ...fire.en }

export type Words = typeof en

const ru: Words = { ...shell.ru, ...desk.ru, ...card.ru, ...timeline.ru, ...advice.ru, ...fire.ru }

export const wordsOf = (lang: Lang): Words => (lang === 'ru' ? ru : en)

/** `a, b and c` */
export const listOf = (parts: readonly string[], words: Words): string =>
  parts.length < 2 ? (parts[0] ?? words.fields.nothing ?? '') : `${parts.slice(0, -1).join(', ')} ${words.and} ${parts.at(-1)}`
