import type { Template } from '../../contracts/account.js'

/** Quick replies that stand above the composer at most: more would be a list to read. */
const mostQuick = 4

export const quickReplies = (templates: readonly Template[]): Template[] => templates.filter(({ quick }) => quick === true).slice(0, mostQuick)

/** What is searched for while the text is `/` and a part of a name or a text; null while it is not. */
export const templateQuery = (text: string): string | null => (/^\/[^/\n]*$/.test(text) ? text.slice(1).trim() : null)

/** The templates with the query in their name, then those with it in their text only. */
export const findTemplates = (templates: readonly Template[], query: string): Template[] => {
  const wanted = query.toLowerCase()
  const has = (text: string) => text.toLowerCase().includes(wanted)
  const named = templates.filter(({ name }) => has(name))
  return [...named, ...templates.filter(template => !named.includes(template) && has(template.text))]
}

/** The text with the client's name in it. Without a name, the comma that sets it off goes as well. */
export const fillTemplate = (text: string, name: string | null): string =>
  name === null || name === '' ? text.replace(/,? ?\{name\}/g, '').replace(/^, ?/, '') : text.replaceAll('{name}', () => name)

/** What stands in the composer already stays. */
export const joinTexts = (before: string, added: string): string => (before.trim() === '' ? added : `${before}${/\s$/.test(before) ? '' : ' '}${added}`)
