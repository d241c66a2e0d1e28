import type { Rate } from '../contracts/messages.js'
import { near } from '../contracts/near.js'

/** What a client does with one line: they write it, or it is a command that begins with a slash. */
export type Act =
  | { readonly kind: 'write'; readonly text: string }
  | { readonly kind: 'press'; readonly message: string; readonly button: Button }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'rate'; readonly rate: Rate }
  | { readonly kind: 'leave' }
  | { readonly kind: 'type'; readonly text: string }

export interface Button {
  readonly id: string
  readonly text: string
}

/** The buttons that can be pressed, and the message that they are in. */
export interface Offer {
  readonly message: string
  readonly buttons: readonly Button[]
}

/** A line that means nothing: why, and what would. */
export interface Mistake {
  readonly kind: 'mistake'
  readonly problem: string
  readonly hint: string
}

interface Command {
  readonly name: string
  /** What stands behind the name; empty where nothing does. */
  readonly takes: string
  readonly about: string
  readonly read: (text: string, offer: Offer | null) => Act | Mistake
}

const mistake = (problem: string, hint: string): Mistake => ({ kind: 'mistake', problem, hint })

const rates: Readonly<Record<string, Rate>> = { good: 'positive', bad: 'negative' }

export const chatCommands: readonly Command[] = [
  {
    name: 'button',
    takes: 'TEXT',
    about: 'presses a button of the last message, by its text or number',
    read: (text, offer) => {
      if (offer === null) return mistake('There is no button to press.', 'Buttons are there until you write something')
      return (
        pressed(text, offer) ?? mistake(`There is no button ${JSON.stringify(text)}.`, `The buttons: ${offer.buttons.map(button => button.text).join(', ')}`)
      )
    },
  },
  {
    name: 'file',
    takes: 'PATH',
    about: 'sends a file',
    read: path => (path === '' ? mistake('Say which file.', '/file PATH') : { kind: 'file', path }),
  },
  {
    name: 'rate',
    takes: 'good|bad',
    about: 'says how the chat went',
    read: text => {
      const rate = Object.hasOwn(rates, text) ? rates[text] : undefined
      return rate === undefined ? mistake(`A chat is rated good or bad, not ${JSON.stringify(text)}.`, '/rate good') : { kind: 'rate', rate }
    },
  },
  { name: 'leave', takes: '', about: 'ends the chat', read: () => ({ kind: 'leave' }) },
  { name: 'type', takes: 'TEXT', about: 'types and sends nothing; without a text, stops', read: text => ({ kind: 'type', text }) },
]

/**
 * What a line means. Null for one with nothing in it.
 *
 * A line that is exactly the number or the text of a button presses it; a space before it makes it a message again, and
 * `//` begins a message with a slash.
 */
export const readLine = (line: string, offer: Offer | null): Act | Mistake | null => {
  const text = line.replace(/\r$/, '')
  if (text.trim() === '') return null
  if (text.startsWith('//')) return { kind: 'write', text: text.slice(1) }
  const [, name, rest = ''] = /^\/(\S*)\s*(.*)$/s.exec(text) ?? []
  if (name === undefined) return (offer === null ? null : pressed(text, offer)) ?? { kind: 'write', text }
  const command = chatCommands.find(one => one.name === name)
  if (command !== undefined) return command.read(rest.trim(), offer)
  const names = chatCommands.map(one => `/${one.name}`)
  const [nearest] = near(`/${name}`, names)
  return mistake(
    `There is no /${name}${nearest === undefined ? '.' : `; did you mean ${nearest}?`}`,
    `${names.join(', ')}. A message that begins with a slash begins with two: //${name}`,
  )
}

/** The commands that a line can still become. */
export const completionsOf = (line: string): readonly Command[] =>
  /^\/[^/\s]*$/.test(line) ? chatCommands.filter(({ name }) => `/${name}`.startsWith(line)) : []

const pressed = (text: string, { message, buttons }: Offer): Act | null => {
  const button = buttons.find(one => one.text === text) ?? (/^[1-9]\d{0,2}$/.test(text) ? buttons[Number(text) - 1] : undefined)
  return button === undefined ? null : { kind: 'press', message, button }
}
