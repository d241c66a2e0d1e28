import { expect, test } from 'vitest'
import { colorProperties, contrast } from '../../src/widget/colors.js'

type Rgb = [number, number, number]
const rgb = (css = '') => (css.match(/\d+/g) ?? []).map(Number) as Rgb
const onColor = (...colors: string[]) => colorProperties(colors)['--jv-on-color']

test('contrast is that of WCAG', () => {
  expect(contrast([0, 0, 0], [255, 255, 255])).toBe(21)
  expect(contrast([119, 119, 119], [255, 255, 255])).toBeCloseTo(4.48, 2)
})

test('text on the colour is white where that can be read, black otherwise', () => {
  expect([onColor('#2456e6', '#5b3fd6'), onColor('#ffd500'), onColor('#fff'), onColor('#000')]).toEqual([
    'rgb(255 255 255)',
    'rgb(0 0 0)',
    'rgb(0 0 0)',
    'rgb(255 255 255)',
  ])
})

test('both ends of a gradient count', () => {
  expect(onColor('#2456e6', '#ffe680')).toBe('rgb(0 0 0)')
})

test('buttons, links and text on a tint can be read with any colour, on a light and on a dark page', () => {
  for (const color of ['#2456e6', '#ffd500', '#ffffff', '#000000', '#777777', '#00ff00', '#f0f', '#808000']) {
    const properties = colorProperties([color])
    const [light, dark] = (properties['--jv-accent'] ?? '').split('),').map(rgb)
    const [softLight, softDark] = (properties['--jv-accent-soft'] ?? '').split('),').map(rgb)
    for (const [text, ground] of [
      [light, [255, 255, 255]],
      [dark, [21, 25, 32]],
      [light, softLight],
      [dark, softDark],
      [rgb(properties['--jv-on-fill']), rgb(properties['--jv-fill'])],
      [rgb(properties['--jv-on-fill']), rgb(properties['--jv-fill-hover'])],
    ] as [Rgb, Rgb][])
      expect([color, contrast(text, ground) >= 4.4]).toEqual([color, true])
  }
})
