import type { ApiArgument, ApiEntry } from '../contracts/widget-api.js'

/** What stands in the field of an argument. */
export type Kind = 'text' | 'number' | 'json' | 'function'

export const kindOf = ({ type }: ApiArgument): Kind =>
  type.includes('=>') ? 'function' : type === 'string' || /^"[^{]*$/.test(type) ? 'text' : type === 'number' ? 'number' : 'json'

export type Problem = 'notJson' | 'notNumber'

export type ReadValue = { readonly value: unknown } | { readonly problem: Problem }

/** The value that a field stands for; undefined when it is left out. */
export const readField = (argument: ApiArgument, text: string): ReadValue => {
  if (text.trim() === '') return { value: undefined }
  switch (kindOf(argument)) {
    case 'text':
      return { value: text }
    case 'number':
      return Number.isFinite(Number(text)) ? { value: Number(text) } : { problem: 'notNumber' }
    case 'function':
      return { value: undefined }
    case 'json':
      try {
        return { value: JSON.parse(text) as unknown }
      } catch {
        return { problem: 'notJson' }
      }
  }
}

/** What a field holds to begin with. */
export const exampleText = (argument: ApiArgument): string => {
  if (argument.example === undefined) return ''
  return kindOf(argument) === 'json' ? JSON.stringify(argument.example, null, 1).replace(/\n\s*/g, ' ') : String(argument.example)
}

/** Without what was left out at the end. */
export const withoutRest = (values: readonly unknown[]): unknown[] => values.slice(0, values.findLastIndex(value => value !== undefined) + 1)

/** How a page writes the call. */
export const codeOf = (entry: ApiEntry, values: readonly unknown[]): string => {
  const { name, kind, args } = entry
  const given = args.map((argument, at) => (kindOf(argument) === 'function' ? 'console.log' : values[at] === undefined ? undefined : literal(values[at])))
  const list = withoutRest(given).map(text => text ?? 'undefined')
  if (kind === 'callback') return `window.${name} = (${args.map(argument => argument.name).join(', ')}) => {\n}`
  return `${kind === 'method' ? 'jivo_api.' : ''}${name}(${list.join(', ')})`
}

/** How the command line writes it. */
export const commandOf = (name: string, values: readonly unknown[]): string => {
  const words = values
    .map(value => (typeof value === 'string' ? value : JSON.stringify(value)))
    .map(word => (/^[\w./+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`))
  return ['jivo-dev fire', name.replace('jivo_', ''), ...words].join(' ')
}

/** A value as people write it in JavaScript: keys without quotes. */
export const literal = (value: unknown): string => {
  if (value === undefined) return 'undefined'
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? String(value)
  const parts = Object.entries(value).map(([key, part]) => `${/^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key)}: ${literal(part)}`)
  return parts.length === 0 ? '{}' : `{ ${parts.join(', ')} }`
}
