type Json = unknown

/** Keys whose values name one chat, visitor, card or message. Agents, departments, channels and pipelines stay the same. */
const idKeys = new Set(['chat_id', 'client_id', 'offline_message_id', 'deal_id', 'task_id', 'organization_id', 'call_id', 'message_id', 'number'])

/** One visitor has one number, whatever its key. */
const familyOf = (key: string) => (key === 'number' ? 'client_id' : key)

const timeKeys = /(^|_)(ts|timestamp|time|at)$/

/**
 * Gives every id, token and moment of a body a new value of the same shape. The same old id has the same new one through
 * a whole run, and two ids never become one: digits are put through a permutation, so nothing has to be remembered. The
 * first moment that is met becomes now, and the others keep their distance to it.
 *
 * @param random is asked four times
 * @param now milliseconds since 1970
 */
export const createFreshIds = (random: () => number, now: number): ((body: Json) => Json) => {
  const keys = Array.from({ length: 4 }, () => Math.floor(random() * 4_294_967_296))
  let shift: number | null = null

  const moved = (seconds: number): number => {
    shift ??= Math.floor(now / 1_000) - seconds
    return seconds + shift
  }

  const renewed = (key: string, value: Json): Json => {
    if (idKeys.has(key) && typeof value === 'number' && Number.isSafeInteger(value) && value > 0) return Number(digits(familyOf(key), String(value), keys))
    if (idKeys.has(key) && typeof value === 'string' && value !== '')
      return /^[1-9]\d{0,14}$/.test(value) ? digits(familyOf(key), value, keys) : letters(familyOf(key), value, keys)
    if (/(^|_)token$/.test(key) && typeof value === 'string') return letters(key, value, keys)
    if (timeKeys.test(key) && typeof value === 'number' && Number.isInteger(value)) {
      if (value > 1e8 && value < 1e11) return moved(value)
      if (value > 1e11 && value < 1e14) return moved(Math.floor(value / 1_000)) * 1_000 + (value % 1_000)
    }
    return walk(value)
  }

  const walk = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(walk)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, renewed(key, inner)]))
  }
  return walk
}

/** FNV-1a with a last stir, keyed. */
const hash = (text: string, key: number): number => {
  let state = (0x811c9dc5 ^ key) >>> 0
  for (let at = 0; at < text.length; at += 1) state = Math.imul(state ^ text.charCodeAt(at), 0x01000193) >>> 0
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b)
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35)
  return (state ^ (state >>> 16)) >>> 0
}

/** Another number with as many digits: a Feistel network over all of them, walked until it lands on one. */
const digits = (family: string, text: string, keys: readonly number[]): string => {
  if (text.length > 15) return letters(family, text, keys)
  const least = 10 ** (text.length - 1)
  const size = 9 * least
  const side = Math.ceil(Math.sqrt(size))
  let number = Number(text) - least
  do {
    let left = Math.floor(number / side)
    let right = number % side
    for (const key of keys) {
      const next = (left + hash(`${family}:${right}`, key)) % side
      left = right
      right = next
    }
    number = left * side + right
  } while (number >= size)
  return String(number + least)
}

/** Another text with a letter where a letter was and a digit where a digit was. */
const letters = (family: string, text: string, keys: readonly number[]): string => {
  const seed = keys.map(key => hash(`${family}:${text}`, key)).join('.')
  let at = 0
  const pick = (alphabet: string) => {
    at += 1
    return alphabet.charAt(hash(`${seed}:${at}`, keys[at % keys.length] ?? 0) % alphabet.length)
  }
  return text.replaceAll(/[a-z]|[A-Z]|\d/g, letter =>
    pick(letter >= 'a' ? 'abcdefghijklmnopqrstuvwxyz' : letter >= 'A' ? 'ABCDEFGHIJKLMNOPQRSTUVWXYZ' : '123456789'),
  )
}
