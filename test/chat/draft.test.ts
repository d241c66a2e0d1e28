import { expect, test } from 'vitest'
import { type Draft, edit, emptyDraft, type Keystroke, letterAt } from '../../src/chat/draft.js'

const typed = (input: string): Keystroke => ({ input, key: {} })
const key = (...names: (keyof Keystroke['key'])[]): Keystroke => ({ input: '', key: Object.fromEntries(names.map(name => [name, true])) })
const control = (letter: string): Keystroke => ({ input: letter, key: { ctrl: true } })

const after = (...strokes: Keystroke[]) =>
  strokes.reduce<{ draft: Draft; sent: string[] }>(
    ({ draft, sent }, stroke) => {
      const edited = edit(draft, stroke)
      return edited.isSent ? { draft: emptyDraft, sent: [...sent, edited.draft.text] } : { draft: edited.draft, sent }
    },
    { draft: emptyDraft, sent: [] },
  )

/** The text with a bar where the cursor is. */
const text = (...strokes: Keystroke[]) => {
  const { draft } = after(...strokes)
  return `${draft.text.slice(0, draft.cursor)}|${draft.text.slice(draft.cursor)}`
}

test.each([
  ['letters', [typed('Hi'), typed('!')], 'Hi!|'],
  ['in between', [typed('H!'), key('leftArrow'), typed('i')], 'Hi|!'],
  ['a letter of several parts', [typed('a👩‍👩‍👧é'), key('leftArrow'), key('backspace')], 'a|é'],
  ['beyond both ends', [typed('a'), key('rightArrow'), key('leftArrow'), key('leftArrow'), key('delete')], '|a'],
  ['the ends of a line', [typed('one'), key('return', 'meta'), typed('two'), key('home'), typed('>'), key('end'), typed('<')], 'one\n>two<|'],
  ['a word away', [typed('one two  '), control('w')], 'one |'],
  ['all before', [typed('one two'), key('leftArrow'), control('u')], '|o'],
  ['all behind', [typed('one two'), control('a'), key('rightArrow'), control('k')], 'o|'],
  ['a new line', [typed('a'), typed('\n'), typed('b')], 'a\nb|'],
  ['control characters are left out', [typed('a\u0007b\u009b')], 'ab|'],
  ['other keys', [typed('a'), control('x'), key('tab'), { input: 'x', key: { meta: true } }], 'a|'],
])('the composer edits: %s', (_, strokes, result) => {
  expect(text(...strokes)).toBe(result)
})

test('enter sends what stands there', () => {
  expect(after(typed('Hi'), key('return'), typed('Again'), key('return')).sent).toEqual(['Hi', 'Again'])
})

test('what is pasted is one message, whatever is in it', () => {
  const paste = [typed('[200~'), typed('one\r\ntwo\r'), key('return'), key('tab'), typed('[201~')]
  expect(after(typed('> '), ...paste).draft.text).toBe('> one\ntwo\n\n\t')
  expect(after(...paste).sent).toEqual([])
})

test('keys that come together are a text, and enter at their end sends it', () => {
  expect(after(typed('one\rtwo\r')).sent).toEqual(['one\ntwo'])
  expect(after(typed('one\rtwo')).draft.text).toBe('one\ntwo')
})

test('the letter at the cursor is a whole one', () => {
  const { draft } = after(typed('👩‍👩‍👧b'), key('leftArrow'), key('leftArrow'))
  expect(letterAt(draft)).toBe('👩‍👩‍👧')
  expect(letterAt({ ...draft, cursor: draft.text.length })).toBe('')
})
