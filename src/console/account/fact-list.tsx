import type { ComponentChildren } from 'preact'
import { Rich } from '../rich.js'

/** Names and values of one channel or one bot. */
export const FactList = ({ facts }: { readonly facts: readonly (readonly [name: string, value: ComponentChildren])[] }) => (
  <dl class="facts">
    {facts.map(([name, value]) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
)

/** An address, or words where there is none. */
export const Address = ({ url, none }: { readonly url: string | null; readonly none: string }) =>
  url === null ? (
    <span class="t3">
      <Rich text={none} />
    </span>
  ) : (
    <code>{url}</code>
  )
