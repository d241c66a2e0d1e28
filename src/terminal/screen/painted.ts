import { type Line, shown } from './cells.js'
import { inAscii } from './glyphs.js'

const colors = { red: 31, green: 32, yellow: 33, blue: 34, magenta: 35, cyan: 36, gray: 90 } as const

interface PaintOptions {
  readonly hasColors: boolean
  readonly isUtf8: boolean
}

/** A line as the terminal takes it. Whatever came into it from outside, no control character leaves here. */
export const painted = (spans: Line, { hasColors, isUtf8 }: PaintOptions): string =>
  spans
    .map(({ text, color, bold, inverse }) => {
      const clean = isUtf8 ? shown(text) : inAscii(shown(text))
      const codes = [...(color !== undefined && hasColors ? [colors[color]] : []), ...(bold === true ? [1] : []), ...(inverse === true ? [7] : [])]
      return codes.length === 0 || clean === '' ? clean : `\u001b[${codes.join(';')}m${clean}\u001b[0m`
    })
    .join('')
