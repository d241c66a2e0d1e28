import { useLayoutEffect, useRef } from 'preact/hooks'
import { longestMessage } from '../contacts.js'
import { mustPress } from '../must-press.js'
import { Icon } from './icon.js'
import type { ViewProps } from './visitor-actions.js'

const canRecord = typeof MediaRecorder === 'function' && navigator.mediaDevices !== undefined

/** The field is never part of the page: there is nothing for its style sheets or its forms to find. */
const chooseFiles = (give: (files: readonly File[]) => void) => {
  const field = document.createElement('input')
  field.type = 'file'
  field.multiple = true
  field.onchange = () => give([...(field.files ?? [])])
  field.click()
}

/** Enter sends, Shift+Enter begins a new line. */
export const Composer = ({ session, words, actions, record }: ViewProps & { readonly record: () => void }) => {
  const { draft, introduction, messages } = session
  const field = useRef<HTMLTextAreaElement>(null)
  useLayoutEffect(() => {
    if (field.current === null) return
    field.current.style.height = 'auto'
    field.current.style.height = `${field.current.scrollHeight}px`
  }, [draft.message])
  const send = () => {
    const { current } = field
    if (current === null) return
    const text = current.value.trim()
    // Empty at once: what is typed before the next drawing is the next message.
    if (text !== '') {
      current.value = ''
      actions.write(text)
    }
    current.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    // While letters are being composed, Enter takes a suggestion.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    send()
  }
  const onPaste = (event: ClipboardEvent) => {
    const files = [...(event.clipboardData?.files ?? [])]
    if (files.length === 0) return
    event.preventDefault()
    actions.give(files)
  }
  const isAsked = introduction === 'offered' || messages.at(-1)?.content?.kind === 'buttons'
  const isHeld = mustPress(session)
  const hint = isHeld ? words.choose : isAsked ? words.orWrite : words.write
  return (
    <jdiv class="jv-foot">
      <jdiv class="jv-composer">
        <button type="button" class="jv-round" aria-label={words.attach} disabled={isHeld} onClick={() => chooseFiles(actions.give)}>
          <Icon name="clip" />
        </button>
        <textarea
          class="jv-textarea"
          rows={1}
          ref={field}
          data-jv-focus
          aria-label={words.write}
          disabled={isHeld}
          placeholder={hint}
          maxLength={longestMessage}
          value={draft.message}
          onInput={event => actions.type('message', event.currentTarget.value)}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
        />
        {canRecord && (
          <button type="button" class="jv-round" aria-label={words.record} disabled={isHeld} onClick={record}>
            <Icon name="mic" />
          </button>
        )}
        <button type="button" class="jv-round jv-send" aria-label={words.send} disabled={isHeld} onClick={send}>
          <Icon name="send" size={16} />
        </button>
      </jdiv>
      <jdiv class="jv-fine">{words.byUs}</jdiv>
    </jdiv>
  )
}
