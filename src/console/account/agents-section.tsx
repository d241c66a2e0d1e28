import type { Account, AgentsMode } from '../../contracts/account.js'
import { editAccount } from '../api.js'
import { useApp } from '../app-context.js'
import { FailureNote } from '../desk/failure-note.js'
import { initials } from '../desk/visitor.js'
import { Section } from './section.js'
import { Setting } from './setting.js'
import { useChange } from './use-change.js'
import { type AccountWords, accountWords } from './words.js'

const modes: readonly AgentsMode[] = ['auto', 'manual', 'offline']

export const AgentsSection = ({ account: { agents, mode } }: { readonly account: Account }) => {
  const { settings } = useApp()
  const { failure, change, dismiss } = useChange()
  const w = accountWords(settings.lang)
  return (
    <Section name="agents" lead={w.agentsLead}>
      {failure !== null && <FailureNote failure={failure} dismiss={dismiss} />}
      <ul class="rowset">
        <Setting id="agents-mode" name={w.mode} reason={`${w.modes[mode]} ${w.untilRestart}`} flag={`--agents ${mode}`}>
          <select
            class="in"
            aria-labelledby="agents-mode"
            value={mode}
            onChange={event => change(editAccount({ mode: event.currentTarget.value as AgentsMode }))}
          >
            {modes.map(name => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </Setting>
        {agents.map(({ id, name, email, department }, at) => (
          <li key={id}>
            <div>
              <div class="who-r">
                <span class={`ava sm ${mode === 'offline' ? 'gray' : 'agent'}`} aria-hidden="true">
                  {initials(name)}
                </span>
                <b>{name}</b> {department === undefined ? <span class="t3">{w.noDepartment}</span> : <span class="tag">{department}</span>}
              </div>
              <p>
                {email}, id <code>{id}</code>
              </p>
            </div>
            <div class="ctl t2">{presenceOf(at === 0, mode, w)}</div>
          </li>
        ))}
      </ul>
    </Section>
  )
}

const presenceOf = (isFirst: boolean, mode: AgentsMode, w: AccountWords): string => {
  if (mode === 'offline') return w.away
  if (!isFirst) return w.joins
  return mode === 'auto' ? w.answers : w.atConsole
}
