/** Where a value stands in a body: names of fields and positions in lists. */
export type Path = readonly (string | number)[]

type Json = Readonly<Record<string, unknown>>

export const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

/** `chat.messages[0].type` */
export const dotted = (path: Path): string => path.map((key, at) => (typeof key === 'number' ? `[${key}]` : at === 0 ? key : `.${key}`)).join('')

export const valueAt = (whole: unknown, [key, ...rest]: Path): unknown => {
  if (key === undefined) return whole
  if (typeof key === 'number') return Array.isArray(whole) ? valueAt(whole[key], rest) : undefined
  return isObject(whole) && Object.hasOwn(whole, key) ? valueAt(whole[key], rest) : undefined
}

/** The same body with another value at a path. A new field goes where `order` has it, or to the end. */
export const withValue = (whole: unknown, [key, ...rest]: Path, value: unknown, order: readonly string[] = []): unknown => {
  if (key === undefined) return value
  if (Array.isArray(whole)) {
    const list = [...whole]
    list[Number(key)] = withValue(list[Number(key)], rest, value, order)
    return list
  }
  const object = isObject(whole) ? whole : {}
  const name = String(key)
  if (Object.hasOwn(object, name)) return { ...object, [name]: withValue(object[name], rest, value, order) }
  const later = new Set(order.slice(order.indexOf(name) + 1))
  const entries = Object.entries(object)
  const place = order.includes(name) ? entries.findIndex(([other]) => later.has(other)) : -1
  const added = [name, withValue(undefined, rest, value, order)] as const
  return Object.fromEntries(place === -1 ? [...entries, added] : [...entries.slice(0, place), added, ...entries.slice(place)])
}

/** The same body without a field, or without an item of a list. */
export const without = (whole: unknown, path: Path): unknown => {
  const [key, ...rest] = path
  if (key === undefined) return whole
  if (rest.length > 0) return withValue(whole, [key], without(valueAt(whole, [key]), rest))
  if (Array.isArray(whole)) return whole.filter((_, at) => at !== key)
  return isObject(whole) ? Object.fromEntries(Object.entries(whole).filter(([name]) => name !== key)) : whole
}

/** Whether two values are the same JSON. The order of fields does not count. */
export const isSame = (a: unknown, b: unknown): boolean => {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, at) => isSame(item, b[at]))
  if (!isObject(a) || !isObject(b)) return Object.is(a, b)
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every(key => Object.hasOwn(b, key) && isSame(a[key], b[key]))
}

/** Paths at which two bodies differ, as deep as both have them. A list that grew or shrank is one difference. */
export const changesBelow = (now: unknown, before: unknown): Path[] => {
  if (isSame(now, before)) return []
  if (isObject(now) && isObject(before)) {
    const keys = [...new Set([...Object.keys(now), ...Object.keys(before)])]
    return keys.flatMap(key => changesBelow(valueAt(now, [key]), valueAt(before, [key])).map(path => [key, ...path]))
  }
  if (Array.isArray(now) && Array.isArray(before) && now.length === before.length) {
    return now.flatMap((item, at) => changesBelow(item, before[at]).map(path => [at, ...path]))
  }
  return [[]]
}

/** Whether a path has every word of a search, in any order. */
export const isFound = (path: Path, search: readonly string[]): boolean => {
  const name = dotted(path).toLowerCase()
  return search.every(word => name.includes(word))
}

/** Texts that are no JSON yet, by the path that they should stand at, written as JSON. */
export type Boxes = Readonly<Record<string, string>>

/** The boxes after an item of a list has gone: those of later items move up. */
export const boxesWithout = (boxes: Boxes, removed: Path): Boxes => {
  const at = removed.length - 1
  const gone = removed[at]
  return Object.fromEntries(
    Object.entries(boxes).flatMap(([key, text]) => {
      const path = JSON.parse(key) as Path
      const own = path[at]
      if (!isSame(path.slice(0, at), removed.slice(0, at)) || own === undefined) return [[key, text]]
      if (own === gone) return []
      return typeof own === 'number' && typeof gone === 'number' && own > gone ? [[JSON.stringify(path.with(at, own - 1)), text]] : [[key, text]]
    }),
  )
}

/** The body as text, with the boxes in it as they were typed. */
export const textOf = (body: unknown, boxes: Boxes): string => {
  const entries = Object.entries(boxes)
  const mark = (at: number) => `\u0000box ${at}\u0000`
  const marked = entries.reduce((whole, [key], at) => withValue(whole, JSON.parse(key) as Path, mark(at)), body)
  const text = `${JSON.stringify(marked, null, 2)}\n`
  return entries.reduce((whole, [, typed], at) => whole.replace(JSON.stringify(mark(at)), () => typed), text)
}
