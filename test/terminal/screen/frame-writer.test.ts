import { expect, test } from 'vitest'
import { createFrameWriter } from '../../../src/terminal/screen/frame-writer.js'

const setUp = () => {
  const written: string[] = []
  return { written, writer: createFrameWriter(text => written.push(text.replaceAll('\u001b', '^'))) }
}

test('the first frame is written whole, in one piece', () => {
  const { written, writer } = setUp()
  writer.draw(['one', 'two'])
  expect(written).toEqual(['^[?2026h^[2J^[1;1H^[2Kone^[2;1H^[2Ktwo^[?2026l'])
})

test('after that only the rows that differ are, and nothing where none does', () => {
  const { written, writer } = setUp()
  writer.draw(['one', 'two', 'three'])
  writer.draw(['one', 'TWO', 'three'])
  writer.draw(['one', 'TWO', 'three'])
  expect(written.slice(1)).toEqual(['^[?2026h^[2;1H^[2KTWO^[?2026l'])
})

test('rows that are gone are erased, and what was forgotten is written again', () => {
  const { written, writer } = setUp()
  writer.draw(['one', 'two'])
  writer.draw(['one'])
  expect(written[1]).toBe('^[?2026h^[2;1H^[2K^[?2026l')
  writer.forget()
  writer.draw(['one'])
  expect(written[2]).toBe('^[?2026h^[2J^[1;1H^[2Kone^[?2026l')
})
