import { expect, test } from 'vitest'
import { createTypingReport } from '../../src/commands/typing-report.js'
import { fakeClock } from '../helpers/emulator.js'

const setUp = () => {
  const told: string[] = []
  const clock = fakeClock()
  const report = createTypingReport(clock, async text => {
    told.push(text)
  })
  return { told, clock, report }
}

test('the first letter is told at once, and what stands there at the end of the pause', () => {
  const { told, clock, report } = setUp()
  for (const text of ['H', 'He', 'Hel']) report.typed(text)
  expect(told).toEqual(['H'])
  clock.move(400)
  expect(told).toEqual(['H', 'Hel'])
  clock.move(10_000)
  expect(told).toEqual(['H', 'Hel'])
  expect(clock.waiting).toEqual([])
})

test('a command is not told, and a message that begins with a slash is', () => {
  const { told, clock, report } = setUp()
  report.typed('/leave')
  clock.move(1_000)
  report.typed('//usr')
  expect(told).toEqual(['/usr'])
})

test('what was sent is not taken back, and what was not sent is', async () => {
  const { told, clock, report } = setUp()
  report.typed('Hi')
  report.forget()
  clock.move(1_000)
  await report.end()
  expect(told).toEqual(['Hi'])
  report.typed('Never')
  await report.end()
  expect(told).toEqual(['Hi', 'Never', ''])
})
