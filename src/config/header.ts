import { InvalidArgumentError } from 'commander'

/** Headers by their names in lower case. */
export type Headers = Readonly<Record<string, string>>

/** What the client sets itself: another value would break the request. */
const own = new Set(['connection', 'content-length', 'expect', 'keep-alive', 'te', 'trailer', 'transfer-encoding', 'upgrade'])

/** `Name: value`, added to the headers before it; a name that comes twice has both values. */
export const parseHeader = (text: string, previous: Headers): Headers => {
  const [, name = '', value = ''] = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):(.*)$/s.exec(text) ?? []
  if (name === '') throw new InvalidArgumentError("Expected a header such as 'X-Secret: abc'.")
  const key = name.toLowerCase()
  if (own.has(key)) throw new InvalidArgumentError(`The header ${name} is set by jivo-dev itself.`)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  if (/[\u0000-\u0008\u000a-\u001f\u007f]/.test(value)) throw new InvalidArgumentError(`The value of ${name} has a line break or another control character.`)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range of letters begins with them
  if (/[^\u0000-\u00ff]/.test(value)) throw new InvalidArgumentError(`The value of ${name} has letters that a header cannot carry; encode them.`)
  const known = Object.hasOwn(previous, key) ? `${previous[key]}, ` : ''
  return { ...previous, [key]: `${known}${value.trim()}` }
}
