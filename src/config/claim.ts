import { InvalidArgumentError } from 'commander'

/** Claims by their names. */
export type Claims = Readonly<Record<string, unknown>>

/** `tier=gold` is a string; `visits:=5` and `tags:=["a"]` are JSON. Added to the claims before it; a name that comes twice has the last value. */
export const parseClaim = (text: string, previous: Claims): Claims => {
  const [, name = '', kind, value = ''] = /^(.+?)(:=|=)(.*)$/s.exec(text) ?? []
  if (name === '') throw new InvalidArgumentError('Expected name=text or name:=JSON, such as tier=gold or visits:=5.')
  if (name === 'id') throw new InvalidArgumentError('The claim id is said by --id.')
  return Object.fromEntries([...Object.entries(previous), [name, kind === '=' ? value : parseJson(name, value)]])
}

const parseJson = (name: string, text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new InvalidArgumentError(`The value of ${name} is not JSON: ${(error as Error).message}. With ${name}=… it is a text.`)
  }
}
