/** Colours of the widget that follow from the one or two that a site chose. */

type Rgb = readonly [number, number, number]

const white: Rgb = [255, 255, 255]
const black: Rgb = [0, 0, 0]
/** The surfaces of `widget.css` on which links and outlines stand. */
const paper: Rgb = white
const night: Rgb = [21, 25, 32]

/** Contrast that a text in the accent colour has at least: 4.5 is asked for, also on a ground with a tint of it. */
const enough = 5.5

const parse = (color: string): Rgb => {
  const digits = color.slice(1)
  const long = digits.length === 3 ? [...digits].map(digit => digit + digit).join('') : digits
  const part = (at: number) => Number.parseInt(long.slice(at, at + 2), 16)
  return [part(0), part(2), part(4)]
}

const luminance = (color: Rgb): number => {
  const [r, g, b] = color.map(part => (part <= 10 ? part / 3294.6 : ((part / 255 + 0.055) / 1.055) ** 2.4)) as [number, number, number]
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

/** From 1 to 21, as WCAG defines it. */
export const contrast = (one: Rgb, other: Rgb): number => {
  const [a, b] = [luminance(one) + 0.05, luminance(other) + 0.05]
  return a > b ? a / b : b / a
}

const mix = (color: Rgb, other: Rgb, part: number): Rgb => color.map((value, at) => Math.round(value + ((other[at] ?? 0) - value) * part)) as unknown as Rgb

const css = ([r, g, b]: Rgb) => `rgb(${r} ${g} ${b})`

/** Black or white, whichever is read better on the worse of the grounds. */
const textOn = (...grounds: Rgb[]): Rgb => {
  const worst = (text: Rgb) => Math.min(...grounds.map(ground => contrast(text, ground)))
  return worst(white) >= Math.min(4.5, worst(black)) ? white : black
}

/** The colour itself, or as much darker or lighter as it takes to be read on the surface. */
const readable = (color: Rgb, surface: Rgb): Rgb => {
  const end = surface === paper ? black : white
  let part = 0
  while (part < 1 && contrast(mix(color, end, part), surface) < enough) part += 0.05
  return mix(color, end, part)
}

/** Custom properties for the root of the widget. */
export const colorProperties = (colors: readonly string[]): Readonly<Record<string, string>> => {
  const first = parse(colors[0] ?? '#000')
  const second = parse(colors[1] ?? colors[0] ?? '#000')
  const onFill = textOn(first)
  return {
    '--jv-c1': css(first),
    '--jv-c2': css(second),
    '--jv-on-color': css(textOn(first, second)),
    '--jv-fill': css(first),
    '--jv-fill-hover': css(mix(first, onFill === white ? black : white, 0.12)),
    '--jv-on-fill': css(onFill),
    '--jv-accent': `light-dark(${css(readable(first, paper))},${css(readable(first, night))})`,
    '--jv-accent-soft': `light-dark(${css(mix(paper, first, 0.1))},${css(mix(night, first, 0.12))})`,
  }
}
