/** Where endpoints put a token, the likeliest first. */
const usualNames = ['token', 'jwt', 'user_token', 'userToken', 'jivo_token', 'jivoToken', 'access_token', 'accessToken']

export interface FoundToken {
  readonly token: string
  /** `the body`, or the path of a field. */
  readonly where: string
}

/**
 * The token in an answer: the field that is named, else a field with a usual name, else any text that looks like a JWT,
 * else the whole of a body that is no JSON and no page. Null when there is none.
 *
 * @param path keys with dots between them, such as `data.jwt`
 */
export const findToken = (body: string, path?: string): FoundToken | null => {
  const text = body.trim()
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return path !== undefined || text === '' || /[<\s]/.test(text) ? null : { token: text, where: 'the body' }
  }
  if (path !== undefined) {
    const found = path.split('.').reduce<unknown>((part, key) => (isObject(part) && Object.hasOwn(part, key) ? part[key] : undefined), value)
    return typeof found === 'string' && found !== '' ? { token: found, where: path } : null
  }
  if (typeof value === 'string') return value === '' ? null : { token: value, where: 'the body' }
  const fields = [...textsOf(value)]
  const nameOf = (where: string) => where.slice(where.lastIndexOf('.') + 1)
  const named = usualNames.flatMap(name => fields.find(({ where }) => nameOf(where) === name) ?? [])[0]
  return named ?? fields.find(({ token }) => looksSigned(token)) ?? null
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** Texts in a value that are not empty, those on top first. */
function* textsOf(value: unknown): Generator<FoundToken> {
  const queue: [unknown, string][] = [[value, '']]
  for (const [part, where] of queue) {
    if (!isObject(part)) continue
    for (const [key, inner] of Object.entries(part)) {
      const at = where === '' ? key : `${where}.${key}`
      if (typeof inner === 'string' && inner !== '') yield { token: inner, where: at }
      else queue.push([inner, at])
    }
  }
}

const looksSigned = (text: string) => /^eyJ[\w-]*\.[\w-]+\.[\w-]*$/.test(text)
