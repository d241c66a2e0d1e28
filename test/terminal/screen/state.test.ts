import { expect, test } from 'vitest'
import type { Fact } from '../../../src/contracts/journal.js'
import { newRows, selectedEvent, tabsOf, visibleRows } from '../../../src/terminal/screen/state.js'
import { after, eventsOf, large, type Stage, small, stageOf, start, story } from '../../helpers/screen.js'

const many = (number: number): Fact[] => Array.from({ length: number }, () => ({ type: 'callback.scheduled', page: 'p1', callback: 'jivo_onOpen', args: [] }))
const seqs = (stage: Stage, state: ReturnType<typeof after>, height = 20) => visibleRows(state, stage.source.rows, height).map(({ seq }) => seq)

test('while it follows the window is the end of the list', () => {
  const stage = stageOf(...start, ...many(100))
  const state = after(stage, small)
  expect(seqs(stage, state)).toEqual(Array.from({ length: 20 }, (_, at) => 83 + at))
  stage.happen(...many(5))
  expect(seqs(stage, state).at(-1)).toBe(107)
  expect(newRows(state, stage.source.rows)).toBe(0)
})

test('the first movement stops it where it stands, and the bar stays inside of the window', () => {
  const stage = stageOf(...start, ...many(100))
  const state = after(stage, small, { type: 'move', by: -1 })
  stage.happen(...many(50))
  expect(seqs(stage, state)).toEqual(Array.from({ length: 20 }, (_, at) => 83 + at))
  expect(newRows(state, stage.source.rows)).toBe(50)
  const further = after(stage, small, { type: 'move', by: -30 })
  const bar = selectedEvent(further, stage.source.rows)?.seq ?? 0
  expect(seqs(stage, further)[0]).toBe(bar)
})

test('the bar does not leave the list at either end', () => {
  const stage = stageOf(...start, ...story)
  expect(selectedEvent(after(stage, small, { type: 'move', by: -500 }), stage.source.rows)?.seq).toBe(1)
  expect(selectedEvent(after(stage, small, { type: 'move', by: -3 }, { type: 'move', by: 500 }), stage.source.rows)?.seq).toBe(20)
  expect(selectedEvent(after(stageOf(), small, { type: 'move', by: 1 }), [])).toBeUndefined()
})

test('under a filter the bar and the window hold to what fits', () => {
  const stage = stageOf(...start, ...many(50), ...story, ...many(50))
  stage.source.filterBy('type:delivery')
  const state = after(stage, small, { type: 'move', by: -1 })
  expect(seqs(stage, state)).toHaveLength(8)
  expect(selectedEvent(state, stage.source.rows)?.type).toBe('delivery.attempted')
})

test('rows that the list let go of move the window to its beginning', () => {
  const stage = stageOf(...start, ...many(40))
  const state = after(stage, small, { type: 'first' })
  stage.source.take(eventsOf(many(4_000), stage.world.seq))
  const [first] = seqs(stage, state)
  expect(first).toBe(stage.source.history.events[0]?.seq)
  expect(selectedEvent(state, stage.source.rows)?.seq).toBe(first)
})

test('an error is looked for in both directions', () => {
  const stage = stageOf(...start, ...story, ...many(5))
  const back = after(stage, small, { type: 'problem', by: -1 })
  expect(selectedEvent(back, stage.source.rows)?.type).toBe('delivery.failed')
  const none = after(stage, small, { type: 'problem', by: 1 })
  expect(none.notice?.text).toBe('No failure after this one.')
})

test('beside a wide request stands its answer, so that its own part is not offered', () => {
  const stage = stageOf(...start, ...story)
  const [failed] = stage.source.rows.filter(({ type }) => type === 'delivery.failed')
  if (failed === undefined) throw new Error('the story has no failure')
  expect(tabsOf(failed, { size: large })).toEqual(['request', 'event', 'contract'])
  expect(tabsOf(failed, { size: small })).toEqual(['request', 'answer', 'event', 'contract'])
})
