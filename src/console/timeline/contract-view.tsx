import type { Field } from '../../contracts/paths.js'
import { useApp } from '../app-context.js'
import { EvidenceMark } from '../evidence-mark.js'
import { Rich } from '../rich.js'

/** What the body may hold, field by field: type, how sure that is, and where it is known from. */
export const ContractView = ({ fields }: { readonly fields: readonly Field[] }) => {
  const { words } = useApp()
  return (
    <ul class="contract">
      {fields.map(({ path, type, optional, provenance }) => (
        <li key={path}>
          <p>
            {provenance !== undefined && <EvidenceMark evidence={provenance.evidence} />} <code>{path}</code> <span class="t2">{type}</span>
            {optional && <span class="t3">, {words.optional}</span>}
          </p>
          {provenance !== undefined && (
            <p class="t3" lang="en">
              <Rich text={provenance.description === undefined ? provenance.source : `${provenance.source}; ${provenance.description}`} />
            </p>
          )}
        </li>
      ))}
    </ul>
  )
}
