import stringWidth from 'string-width'
import { expect, test } from 'vitest'
import { broken, column, ends, plain, rightColumn, shown, span, width, within, wrap } from '../../../src/terminal/screen/cells.js'

test('every letter of the first plane has the width that string-width gives it', () => {
  const letters = Array.from({ length: 0xd800 - 0x20 }, (_, at) => String.fromCharCode(at + 0x20))
  const wrong = letters.filter(letter => width(letter) !== stringWidth(letter))
  expect(wrong).toEqual([])
})

test('a text is cut between letters, and wide ones count twice', () => {
  expect(within('注文は出荷されました', 7)).toBe('注文は…')
  expect(within('注文', 4)).toBe('注文')
  expect(width(column('注文は出荷', 6))).toBe(6)
  expect(rightColumn('41 ms', 8)).toBe('   41 ms')
  expect(within('e\u0301e\u0301e\u0301', 2)).toBe('e\u0301…')
})

test('what terminals disagree about is taken out, and what they obey is shown', () => {
  expect(shown('👨\u200d👩\u200d👧 👍\u{1f3fd} ❤\ufe0f')).toBe('👨👩👧 👍 ❤')
  expect(shown('\u001b[2J\r\n\u009b\u202e')).toBe('\\u001b[2J\\r\\n\\u009b\\u202e')
  expect(shown('\ud800')).toBe('\ufffd')
})

test('words wrap at spaces, and a word that is too long is broken', () => {
  expect(wrap('Look into the log of your server', 12)).toEqual(['Look into', 'the log of', 'your server'])
  expect(wrap('http://127.0.0.1:3000/jivo', 10)).toEqual(['http://127', '.0.0.1:300', '0/jivo'])
  expect(broken('注文は', 4)).toEqual(['注文', 'は'])
})

test('of two ends of a line the left gives way', () => {
  expect(plain(ends([span('a long beginning')], [span('end')], 10))).toBe('a long…end')
})
