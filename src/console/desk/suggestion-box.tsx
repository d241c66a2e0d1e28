import { useApp } from '../app-context.js'
import { Icon } from '../icons.js'
import { deskWords } from './words.js'

interface Props {
  /** Null while the assistant is being asked. */
  readonly text: string | null
  readonly take: () => void
  readonly dismiss: () => void
}

/** What an assistant proposes. It is text, and goes nowhere but into the composer. */
export const SuggestionBox = ({ text, take, dismiss }: Props) => {
  const { settings } = useApp()
  const words = deskWords(settings.lang)
  return (
    <div class="suggest" role="status">
      <Icon name="spark" />
      <p>
        {text === null ? (
          words.asking
        ) : (
          <>
            <span class="vh">{words.suggested} </span>
            {text}
          </>
        )}
      </p>
      {text !== null && (
        <>
          <button class="btn sm" type="button" onClick={take}>
            {words.takeIt} <kbd>Tab</kbd>
          </button>
          <button class="btn quiet ico sm" type="button" aria-label={words.dismiss} title={words.dismiss} onClick={dismiss}>
            <Icon name="cross" class="s" />
          </button>
        </>
      )}
    </div>
  )
}
