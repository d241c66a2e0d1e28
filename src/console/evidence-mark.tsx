import type { Evidence } from '../contracts/evidence.js'
import { useApp } from './app-context.js'

const grades: readonly Evidence[] = ['documented', 'observed', 'guessed']

/** How sure we are of a field, told by shape before colour. */
export const EvidenceMark = ({ evidence }: { readonly evidence: Evidence }) => {
  const { words } = useApp()
  return <i class={`ev ${evidence}`} role="img" aria-label={words.evidence[evidence]} title={words.evidence[evidence]} />
}

export const EvidenceLegend = () => {
  const { words } = useApp()
  return (
    <ul class="legend" aria-label={words.evidenceLegend}>
      {grades.map(evidence => (
        <li key={evidence} class="k">
          <i class={`ev ${evidence}`} aria-hidden="true" />
          {words.evidence[evidence]}
        </li>
      ))}
    </ul>
  )
}
