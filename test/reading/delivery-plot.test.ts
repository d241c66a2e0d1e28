import { expect, test } from 'vitest'
import type { Event, Fact } from '../../src/contracts/journal.js'
import { deliveryPlot } from '../../src/reading/delivery-plot.js'
import { appeared, done } from '../helpers/events.js'

const at = (milliseconds: number, fact: Fact, seq = milliseconds): Event => ({ ...fact, seq: seq + 1, at: milliseconds })

const took = (milliseconds: number): Fact => ({ ...done('d1', 9001), took: milliseconds }) as Fact

const failed: Fact = { type: 'delivery.failed', delivery: 'd1', event: 'chat_accepted', attempts: 3, took: 9, reason: 'status', message: 'Expected 2xx' }

test('without a delivery that ended there is nothing to draw', () => {
  expect(deliveryPlot([at(1_000, appeared(1))])).toBeNull()
})

test('deliveries stand in the bar of their time, those that failed apart', () => {
  const plot = deliveryPlot([at(10_000, took(4)), at(10_900, failed), at(12_100, took(8))])
  if (plot === null) throw new Error('there is no plot')
  expect([plot.ended, plot.failed, plot.width]).toEqual([3, 1, 1_000])
  expect(plot.bars.slice(-3)).toEqual([
    { from: 10_000, taken: 1, failed: 1, p95: 9, first: 10_001 },
    { from: 11_000, taken: 0, failed: 0, p95: null, first: null },
    { from: 12_000, taken: 1, failed: 0, p95: 8, first: 12_101 },
  ])
  expect([plot.most, plot.longest]).toEqual([2, 9])
})

test('median and p95 are times that were measured', () => {
  const plot = deliveryPlot(Array.from({ length: 100 }, (_, nth) => at(1_000 + nth, took(nth + 1))))
  expect([plot?.median, plot?.p95]).toEqual([50, 95])
})

test('bars get wider as the time gets longer, and there are never more than 60 of them', () => {
  const widthOver = (span: number) => deliveryPlot([at(0, took(1)), at(span, took(1))])
  expect([30_000, 119_000, 3_600_000, 86_400_000].map(span => widthOver(span)?.width)).toEqual([1_000, 2_000, 120_000, 1_800_000])
  for (const span of [1, 59_999, 60_000, 86_400_000, 400 * 86_400_000]) {
    const plot = widthOver(span)
    expect(plot?.bars.length).toBeLessThanOrEqual(61)
    expect(plot?.bars.reduce((sum, { taken }) => sum + taken, 0)).toBe(2)
  }
})

test('a clock that was set back leaves nothing out', () => {
  const plot = deliveryPlot([at(50_000, took(1)), at(20_000, took(1))])
  expect(plot?.bars.reduce((sum, { taken }) => sum + taken, 0)).toBe(2)
})
