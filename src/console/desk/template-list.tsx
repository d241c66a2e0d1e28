import { useEffect, useRef } from 'preact/hooks'
import type { Template } from '../../contracts/account.js'
import { useApp } from '../app-context.js'
import { deskWords } from './words.js'

interface Props {
  readonly id: string
  readonly templates: readonly Template[]
  /** Place of the one that Enter takes. */
  readonly active: number
  readonly choose: (template: Template) => void
}

/** The templates that fit what is typed. The focus stays in the field, which names the active one. */
export const TemplateList = ({ id, templates, active, choose }: Props) => {
  const { settings } = useApp()
  const words = deskWords(settings.lang)
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' }), [active])
  if (templates.length === 0) return <p class="templates t3">{words.noTemplate}</p>
  return (
    <div class="templates" role="listbox" id={id} aria-label={words.templates} ref={list}>
      {templates.map((template, at) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the field
        <div
          class="template"
          role="option"
          tabIndex={-1}
          key={template.name}
          id={optionId(id, at)}
          aria-selected={at === active}
          // The field keeps the focus.
          onMouseDown={event => event.preventDefault()}
          onClick={() => choose(template)}
        >
          <b>{template.name}</b> <span class="cut">{template.text}</span>
        </div>
      ))}
    </div>
  )
}

export const optionId = (list: string, at: number): string => `${list}-${at}`
