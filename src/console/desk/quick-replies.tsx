import type { Template } from '../../contracts/account.js'
import { useApp } from '../app-context.js'
import { quickReplies } from './templates.js'
import { deskWords } from './words.js'

interface Props {
  readonly templates: readonly Template[]
  readonly choose: (template: Template) => void
}

/** Short answers that one click puts into the composer. */
export const QuickReplies = ({ templates, choose }: Props) => {
  const { settings } = useApp()
  const quick = quickReplies(templates)
  if (quick.length === 0) return null
  return (
    <fieldset class="quick" aria-label={deskWords(settings.lang).quickReplies}>
      {quick.map(template => (
        <button class="chip" type="button" key={template.name} title={template.text} onClick={() => choose(template)}>
          {template.name}
        </button>
      ))}
    </fieldset>
  )
}
