import type { Lang } from './lang.js'

const pad = (number: number, width = 2) => String(number).padStart(width, '0')

/** `14:02`, in the time zone of the browser. */
export const clock = (at: number): string => {
  const date = new Date(at)
  return `${pad(date.getHours())}:${pad(date.getMinutes())}`
}

/** `14:02:11.240` */
export const exactClock = (at: number): string => {
  const date = new Date(at)
  return `${clock(at)}:${pad(date.getSeconds())}.${pad(date.getMilliseconds(), 3)}`
}

/** `4:12`, or `1:04:12` from an hour on. */
export const elapsed = (milliseconds: number): string => {
  const seconds = Math.max(0, Math.floor(milliseconds / 1_000))
  const hours = Math.floor(seconds / 3_600)
  const minutes = Math.floor(seconds / 60) % 60
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(seconds % 60)}` : `${minutes}:${pad(seconds % 60)}`
}

/** `23 November, 14:02`; the time alone when it is today. */
export const dayAndTime = (at: number, now: number, lang: Lang): string =>
  new Date(at).toDateString() === new Date(now).toDateString()
    ? clock(at)
    : `${new Date(at).toLocaleDateString(lang === 'ru' ? 'ru-RU' : 'en-GB', { day: 'numeric', month: 'long' })}, ${clock(at)}`

/** `1 204`, with a space that does not break. */
export const count = (number: number): string => String(number).replace(/\B(?=(\d{3})+$)/g, '\u00a0')

/** What fits into a small mark. */
export const capped = (number: number): string => (number > 99 ? '99+' : String(number))

/** `41 ms`, `0.6 ms`, or `3.00 s` from a second on; Russian has its own units and comma. */
export const duration = (milliseconds: number, lang: Lang): string => {
  const isLong = milliseconds >= 1_000
  const text = isLong ? (milliseconds / 1_000).toFixed(2) : milliseconds < 10 ? milliseconds.toFixed(1) : String(Math.round(milliseconds))
  const unit = lang === 'ru' ? (isLong ? 'с' : 'мс') : isLong ? 's' : 'ms'
  return `${lang === 'ru' ? text.replace('.', ',') : text}\u00a0${unit}`
}

/** The text within so many characters, on one line. */
export const cut = (text: string, most: number): string => {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > most ? `${line.slice(0, most - 1)}…` : line
}

/** An address without what a person does not read. */
export const shortUrl = (url: string): string => url.replace(/^https?:\/\//, '').replace(/\/$/, '')

/** One, few or many: `plural(2, 'событие', 'события', 'событий')`. */
export const plural = (number: number, one: string, few: string, many: string): string => {
  const last = number % 10
  const lastTwo = number % 100
  if (last === 1 && lastTwo !== 11) return one
  return last >= 2 && last <= 4 && (lastTwo < 12 || lastTwo > 14) ? few : many
}
