import { useLayoutEffect, useRef } from 'preact/hooks'
import { Icon } from './icon.js'
import type { ViewProps } from './visitor-actions.js'

/** Characters that one message may have. */
export const longestMessage = 10_000

/** Enter sends, Shift+Enter begins a new line. */
export const Composer = ({ session: { draft, introduction }, words, actions }: ViewProps) => {
  const field = useRef<HTMLTextAreaElement>(null)
  useLayoutEffect(() => {
    if (field.current === null) return
    field.current.style.height = 'auto'
    field.current.style.height = `${field.current.scrollHeight}px`
  }, [draft.message])
  const send = () => {
    if (draft.message.trim() !== '') actions.write(draft.message.trim())
    field.current?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    // While letters are being composed, Enter takes a suggestion.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    send()
  }
  const hint = introduction === 'offered' ? words.orWrite : words.write
  return (
    <jdiv class="jv-foot">
      <jdiv class="jv-composer">
        <textarea
          class="jv-textarea"
          rows={1}
          ref={field}
          data-jv-focus
          aria-label={words.write}
          placeholder={hint}
          maxLength={longestMessage}
          value={draft.message}
          onInput={event => actions.type('message', event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <button type="button" class="jv-round jv-send" aria-label={words.send} onClick={send}>
          <Icon name="send" size={16} />
        </button>
      </jdiv>
      <jdiv class="jv-fine">{words.byUs}</jdiv>
    </jdiv>
  )
}
