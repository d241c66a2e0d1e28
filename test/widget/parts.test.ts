import { expect, test } from 'vitest'
import { fileAddress, mapAddress, menuAddress } from '../../src/widget/more/addresses.js'
import { sizeText } from '../../src/widget/more/words.js'

test('files come from the emulator or over http, and from nowhere else', () => {
  const base = 'http://127.0.0.1:7410'
  expect(
    ['/files/f1/a.png', 'https://a.test/b', 'http://a.test', '/console', '/files/f1/../../console', 'javascript:alert(1)', 'data:text/html,x', 'https://'].map(
      url => fileAddress(url, base),
    ),
  ).toEqual(['http://127.0.0.1:7410/files/f1/a.png', 'https://a.test/b', 'http://a.test', ...[null, null, null, null, null]])
})

test('the menu leads to the web and to what people talk with', () => {
  const urls = ['https://t.me/a', 'tel:+7900', 'mailto:a@b.test', 'viber://chat?number=1', 'javascript:alert(1)', 'data:x', '/console']
  expect(urls.map(url => menuAddress(url) !== null)).toEqual([true, true, true, true, false, false, false])
})

test('a map is an address to open, with the place marked', () => {
  expect(mapAddress(56.8, -35.9)).toBe('https://www.openstreetmap.org/?mlat=56.8&mlon=-35.9#map=16/56.8/-35.9')
})

test('sizes are written as people of the language write them', () => {
  expect([0, 999, 1024, 1_234_567].map(size => sizeText(size, 'en'))).toEqual(['0 B', '999 B', '1 KB', '1.2 MB'])
  expect(sizeText(1_234_567, 'ru')).toBe('1,2 МБ')
})
