import { useRef } from 'preact/hooks'
import type { Event } from '../../contracts/journal.js'
import { type DeliveryPlot, deliveryPlot } from '../../reading/delivery-plot.js'
import { count, duration, exactClock } from '../../reading/format.js'
import { useApp } from '../app-context.js'

interface Props {
  readonly rows: readonly Event[]
  /** Goes to an event in the list. */
  readonly show: (seq: number) => void
}

/** How the deliveries among the rows went: four numbers, bars for how many, a line for how long. Nothing where there are none. */
export const DeliveryStrip = ({ rows, show }: Props) => {
  const { words, settings } = useApp()
  const plot = usePlot(rows)
  if (plot === null) return null
  const { strip } = words
  const long = (milliseconds: number) => duration(milliseconds, settings.lang)
  const { ended, failed, median, p95 } = plot
  const numbers = [
    { name: strip.deliveries, value: count(ended), class: '' },
    { name: strip.failing, value: count(failed), class: failed > 0 ? 'fail-t' : '' },
    { name: strip.median, value: long(median), class: '' },
    { name: strip.p95, value: long(p95), class: '' },
  ]
  return (
    <section class="strip" aria-label={strip.label}>
      <dl class="nums">
        {numbers.map(({ name, value, class: look }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd class={look}>{value}</dd>
          </div>
        ))}
      </dl>
      <Plot plot={plot} show={show} />
    </section>
  )
}

/** Made anew only when the rows have changed: the page is drawn more often than that. */
const usePlot = (rows: readonly Event[]): DeliveryPlot | null => {
  const made = useRef<{ of: string; plot: DeliveryPlot | null }>({ of: '', plot: null })
  const of = `${rows.length} ${rows[0]?.seq} ${rows.at(-1)?.seq}`
  if (made.current.of !== of) made.current = { of, plot: deliveryPlot(rows) }
  return made.current.plot
}

/** The drawing has this size; the page stretches it. */
const width = 720
const height = 40

const Plot = ({ plot, show }: { readonly plot: DeliveryPlot; readonly show: Props['show'] }) => {
  const { words, settings } = useApp()
  const { bars, most, longest, ended, failed } = plot
  const { strip } = words
  const step = width / bars.length
  const up = (value: number, top: number) => (top === 0 ? 0 : (value / top) * (height - 4))
  const line = bars.flatMap(({ p95 }, at) => (p95 === null ? [] : [`${(at + 0.5) * step},${height - up(p95, longest)}`]))
  const time = (at: number) => exactClock(at).slice(0, 8)
  const last = bars.at(-1)
  const label = strip.about(ended, failed, time(bars[0]?.from ?? 0), time((last?.from ?? 0) + plot.width))
  return (
    <div class="plot">
      <p class="ax">
        <span>{strip.bars(duration(plot.width, settings.lang).replace(/[.,]00/, ''))}</span>
        <span>{strip.line(duration(longest, settings.lang))}</span>
      </p>
      {/* Its numbers stand beside it, and in the list. */}
      <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" role="img" aria-label={label}>
        {bars.map(({ from, taken, failed: bad, first }, at) => {
          const goodHeight = up(taken, most)
          const badHeight = up(bad, most)
          return (
            // biome-ignore lint/a11y/noStaticElementInteractions: a shortcut to a row that keys reach in the list
            <g key={from} onClick={() => first !== null && show(first)}>
              <title>{strip.bar(time(from), taken, bad)}</title>
              <rect class="hit" x={at * step} y={0} width={step} height={height} />
              <rect class="taken" x={at * step + step * 0.1} y={height - goodHeight} width={step * 0.8} height={goodHeight} />
              <rect class="bad" x={at * step + step * 0.1} y={height - goodHeight - badHeight} width={step * 0.8} height={badHeight} />
            </g>
          )
        })}
        <polyline points={line.join(' ')} />
      </svg>
    </div>
  )
}
