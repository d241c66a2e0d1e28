import { useState } from 'preact/hooks'
import { useApp } from '../console/app-context.js'
import { EvidenceMark } from '../console/evidence-mark.js'
import { Icon } from '../console/icons.js'
import { widgetApi } from '../contracts/widget-api.js'
import type { PageLog } from './page-log.js'
import { playgroundWords } from './words.js'

const kinds = ['method', 'global', 'callback'] as const

export const IndexPane = ({ log, current }: { readonly log: PageLog; readonly current: string }) => {
  const { settings } = useApp()
  const words = playgroundWords(settings.lang)
  const [wanted, setWanted] = useState('')
  const found = widgetApi.filter(({ name }) => name.toLowerCase().includes(wanted.trim().toLowerCase()))
  return (
    <nav class="pane idx" aria-label={words.index}>
      <div class="pane-h">
        <label class="field grow">
          <Icon name="search" class="s" />
          <input
            type="search"
            placeholder={words.find}
            aria-label={words.find}
            value={wanted}
            onInput={({ currentTarget }) => setWanted(currentTarget.value)}
          />
        </label>
      </div>
      <div class="scroll">
        {found.length === 0 && <p class="hint">{words.nothingFound}</p>}
        {kinds.map(kind => {
          const entries = found.filter(entry => entry.kind === kind)
          return (
            entries.length > 0 && (
              <section key={kind}>
                <h2 class="group">
                  {words[kind]} <span class="num">{entries.length}</span>
                </h2>
                {entries.map(({ name, evidence }) => (
                  <a key={name} href={`#${name}`} aria-current={name === current ? 'true' : undefined}>
                    <EvidenceMark evidence={evidence} />
                    <span class="cut">{name}</span>
                    <span class="n num">{log.countOf(name) || ''}</span>
                  </a>
                ))}
              </section>
            )
          )
        })}
      </div>
    </nav>
  )
}
