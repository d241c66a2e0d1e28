import type { ChatRequest } from '../../contracts/chat-api.js'
import type { Card } from '../../contracts/journal.js'
import type { World } from '../world/world.js'

/** Who writes through the Chat API, as far as their server tells. Blanks are what some clients send where they have nothing. */

type Sender = ChatRequest['sender']
type CustomField = NonNullable<Card['customData']>[number]

export const contactsOf = ({ name, email, phone }: Sender) => ({ name: filled(name), email: filled(email), phone: filled(phone) })

/** The page that the sender is on; undefined when nothing is said of one. */
export const pageOf = ({ url, title }: Sender): { readonly url: string; readonly title: string } | undefined => {
  const page = { url: filled(url) ?? '', title: filled(title) ?? '' }
  return page.url === '' && page.title === '' ? undefined : page
}

export const inviteOf = ({ invite }: Sender): string | null => filled(invite)

/**
 * What the sender changes on the visitor's card; undefined for nothing.
 *
 * Lines of theirs replace lines with the same heading and prefix; what a webhook's reply brought stays. That department,
 * topic and picture are lines, too, is a guess: this account routes nothing by them.
 */
export const cardOf = (world: World, visitor: number, sender: Sender): Card | undefined => {
  const { customData: before = [], crmLink: linkBefore } = world.visitors[visitor]?.card ?? {}
  const lines = linesOf(sender)
  const customData = [...before.filter(old => !lines.some(line => isSameLine(line, old))), ...lines]
  const crmLink = filled(sender.crm_link)
  const card: Card = {
    ...(JSON.stringify(customData) === JSON.stringify(before) ? {} : { customData }),
    ...(crmLink === null || crmLink === linkBefore ? {} : { crmLink }),
  }
  return Object.keys(card).length === 0 ? undefined : card
}

const linesOf = ({ group, intent, photo, custom_data: data }: Sender): CustomField[] => {
  const picture = filled(photo)
  return [
    ...titled('Department', group == null ? null : String(group)),
    ...titled('Topic', intent),
    ...titled('Photo', picture).map(line => (/^https?:\/\//.test(picture ?? '') ? { ...line, link: picture ?? '' } : line)),
    ...dataLines(data),
  ]
}

const titled = (title: string, content: string | null | undefined): CustomField[] => (filled(content) === null ? [] : [{ title, content: content ?? '' }])

/** A text is one line. A list may have the lines of `setCustomData` in it. Anything else is shown as it came. */
const dataLines = (data: unknown): CustomField[] => {
  if (data === undefined || data === null) return []
  if (typeof data === 'string') return titled('Data', data)
  const lines = Array.isArray(data) ? data.map(lineOf) : []
  return lines.length > 0 && lines.every(line => line !== null) ? lines : titled('Data', JSON.stringify(data))
}

const lineOf = (value: unknown): CustomField | null => {
  const { title, content, link, key } = (typeof value === 'object' && value !== null ? value : {}) as { [Key in keyof CustomField]?: unknown }
  if (typeof content !== 'string') return null
  return {
    ...(typeof title === 'string' ? { title } : {}),
    content,
    ...(typeof link === 'string' ? { link } : {}),
    ...(typeof key === 'string' ? { key } : {}),
  }
}

const isSameLine = (one: CustomField, other: CustomField) => one.title === other.title && one.key === other.key

/** A text with something in it, otherwise null. */
const filled = (text: string | null | undefined): string | null => (text == null || text.trim() === '' ? null : text)
