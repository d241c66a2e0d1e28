import type { ComponentChildren } from 'preact'
import type { Evidence } from '../../contracts/evidence.js'
import { useApp } from '../app-context.js'
import { Rich } from '../rich.js'
import { accountWords } from './words.js'

interface Props {
  /** Of the name, which a control is labelled by. */
  readonly id?: string
  readonly name: string
  readonly reason: string
  readonly evidence?: Evidence
  /** What sets the same from the command line. */
  readonly flag?: string
  /** The value, or the control that changes it. */
  readonly children: ComponentChildren
}

/** One thing that the account has set: name and reason at the left, the value at the right. */
export const Setting = ({ id, name, reason, evidence, flag, children }: Props) => {
  const { words, settings } = useApp()
  return (
    <li>
      <div>
        <b id={id}>
          <Rich text={name} />
        </b>
        <p>
          <Rich text={reason} />{' '}
          {evidence !== undefined && (
            <span class="sure">
              <i class={`ev ${evidence}`} aria-hidden="true" /> {words.evidence[evidence]}
            </span>
          )}
        </p>
        {flag !== undefined && (
          <p>
            {accountWords(settings.lang).flag} <code>{flag}</code>
          </p>
        )}
      </div>
      <div class="ctl">{children}</div>
    </li>
  )
}
