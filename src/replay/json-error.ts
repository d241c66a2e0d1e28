/** Tokens of JSON: punctuation, a string, a number, a word. */
const token =
  /[ \t\r\n]*(?:([{}[\],:])|("(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})|[\u007f-\u009f])*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null))/uy

type Wanted = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | ', or ]' | ', or }' | 'end'

/**
 * Where JSON stops being JSON: the offset of the first character that cannot stand there. Engines name it in some of
 * their messages only.
 */
export const jsonErrorAt = (text: string): number => {
  const holders: ('[' | '{')[] = []
  let wanted: Wanted = 'value'
  let at = 0
  const afterValue = (): Wanted => (holders.length === 0 ? 'end' : holders.at(-1) === '[' ? ', or ]' : ', or }')
  for (;;) {
    token.lastIndex = at
    const match = token.exec(text)
    const spaces = /[^ \t\r\n]/g
    spaces.lastIndex = at
    const here = spaces.exec(text)?.index ?? text.length
    if (match === null) return here
    const [, mark, string] = match
    at = token.lastIndex
    const isValue = wanted === 'value' || wanted === 'value or ]'
    if (mark === undefined) {
      if (string !== undefined && (wanted === 'key' || wanted === 'key or }')) wanted = ':'
      else if (isValue) wanted = afterValue()
      else return here
    } else if ((mark === '{' || mark === '[') && isValue) {
      holders.push(mark)
      wanted = mark === '{' ? 'key or }' : 'value or ]'
    } else if (mark === ':' && wanted === ':') wanted = 'value'
    else if (mark === ',' && wanted === ', or ]') wanted = 'value'
    else if (mark === ',' && wanted === ', or }') wanted = 'key'
    else if ((mark === ']' && (wanted === ', or ]' || wanted === 'value or ]')) || (mark === '}' && (wanted === ', or }' || wanted === 'key or }'))) {
      holders.pop()
      wanted = afterValue()
    } else return here
  }
}
