import { useEffect, useState } from 'preact/hooks'
import { useApp } from '../app-context.js'

/** Milliseconds between two summaries: a row that is read out each time would drown everything else. */
const pace = 10_000

/** Says to readers of screens how much is new. */
export const NewEvents = () => {
  const { store, words } = useApp()
  const [said, setSaid] = useState('')
  useEffect(() => {
    let last = store.world.seq
    const timer = setInterval(() => {
      const fresh = store.history.events.filter(({ seq }) => seq > last)
      last = store.world.seq
      if (fresh.length > 0) setSaid(words.newSummary(fresh.length, fresh.filter(({ type }) => type === 'delivery.failed').length))
    }, pace)
    return () => clearInterval(timer)
  }, [store, words])
  return (
    <p class="vh" role="status">
      {said}
    </p>
  )
}
