import type { Failure } from '../api.js'
import { useApp } from '../app-context.js'
import { Icon } from '../icons.js'

/** Why an action did not happen, beside where it was asked for. */
export const FailureNote = ({ failure: { code, message, field = '' }, dismiss }: { readonly failure: Failure; readonly dismiss: () => void }) => {
  const { words } = useApp()
  const own = words.failure[code]
  return (
    <div class="failure" role="alert">
      <Icon name="bang" class="s" />
      {own === undefined ? (
        <p lang={code === 'own' ? undefined : 'en'}>
          {message} {field !== '' && !message.includes(field) && <code>{field}</code>}
        </p>
      ) : (
        <p>{own}</p>
      )}
      <button class="btn quiet ico sm" type="button" aria-label={words.close} onClick={dismiss}>
        <Icon name="cross" class="s" />
      </button>
    </div>
  )
}
