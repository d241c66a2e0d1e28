import { expect, test } from 'vitest'
import { completionsOf, readLine } from '../../src/chat/acts.js'

const offer = {
  message: 'b7',
  buttons: [
    { id: 'a', text: 'Tea' },
    { id: 'b', text: '3' },
    { id: 'c', text: 'Coffee, black' },
  ],
}
const press = (at: number) => ({ kind: 'press', message: 'b7', button: offer.buttons[at] })
const write = (text: string) => ({ kind: 'write', text })

test.each([
  ['hi', write('hi')],
  ['  hi ', write('  hi ')],
  ['a windows line\r', write('a windows line')],
  ['//usr/bin', write('/usr/bin')],
  ['two\nlines', write('two\nlines')],
  ['Tea', press(0)],
  ['tea', write('tea')],
  ['1', press(0)],
  ['3', press(1)],
  ['2', press(1)],
  [' 1', write(' 1')],
  ['0', write('0')],
  ['4', write('4')],
  ['/button Coffee, black', press(2)],
  ['/button 1', press(0)],
  ['/file a name.png ', { kind: 'file', path: 'a name.png' }],
  ['/rate bad', { kind: 'rate', rate: 'negative' }],
  ['/leave', { kind: 'leave' }],
  ['/type Hel', { kind: 'type', text: 'Hel' }],
  ['/type', { kind: 'type', text: '' }],
  ['', null],
  [' \t\r', null],
])('%j is understood', (line, act) => {
  expect(readLine(line, offer)).toEqual(act)
})

test.each([
  ['/button Milk', 'There is no button "Milk".', 'Tea, 3, Coffee, black'],
  ['/rate constructor', 'A chat is rated good or bad, not "constructor".', '/rate good'],
  ['/file', 'Say which file.', '/file PATH'],
  ['/buton Tea', 'There is no /buton; did you mean /button?', '//buton'],
  ['/', 'There is no /.', '/button, /file, /rate, /leave, /type'],
])('%j says what is wrong and what to do', (line, problem, hint) => {
  expect(readLine(line, offer)).toEqual({ kind: 'mistake', problem: expect.stringContaining(problem), hint: expect.stringContaining(hint) })
})

test('without buttons a number is a message', () => {
  expect(readLine('1', null)).toEqual(write('1'))
  expect(readLine('/button 1', null)).toMatchObject({ kind: 'mistake', problem: 'There is no button to press.' })
})

test('a command is completed until its name is over', () => {
  const names = (line: string) => completionsOf(line).map(({ name }) => name)
  expect(names('/')).toEqual(['button', 'file', 'rate', 'leave', 'type'])
  expect(names('/l')).toEqual(['leave'])
  expect([names('/leave '), names('//l'), names('l'), names('/x')]).toEqual([[], [], [], []])
})
