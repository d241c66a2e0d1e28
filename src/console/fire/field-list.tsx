import type { Field } from '../../contracts/paths.js'
import { useApp } from '../app-context.js'
import { EvidenceLegend, EvidenceMark } from '../evidence-mark.js'
import { Rich } from '../rich.js'

/** What the contract says of each field: its type, how sure that is, and why. */
export const FieldList = ({ fields }: { readonly fields: readonly Field[] | null }) => {
  const { words } = useApp()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
    <section class="field-list" tabIndex={0} aria-label={words.fire.fields}>
      <h3>{words.fire.fields}</h3>
      {fields === null ? (
        <p class="t3">{words.fire.noFields}</p>
      ) : (
        <>
          <EvidenceLegend />
          <ul>
            {fields.map(({ path, type, optional, provenance }) => (
              <li key={path}>
                {provenance === undefined ? <span /> : <EvidenceMark evidence={provenance.evidence} />}
                <div>
                  <code>{path}</code>{' '}
                  <span class="t3" lang="en">
                    {type}
                  </span>
                  {optional && <span class="t3"> · {words.fire.optional}</span>}
                  {provenance !== undefined && (
                    <p lang="en">
                      <Rich text={provenance.description === undefined ? provenance.source : `${provenance.description} (${provenance.source})`} />
                    </p>
                  )}
                </div>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}
