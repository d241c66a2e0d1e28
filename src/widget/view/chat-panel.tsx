import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { logItems } from '../log-items.js'
import { Composer } from './composer.js'
import { Icon } from './icon.js'
import { Item } from './log-item.js'
import type { ViewProps } from './visitor-actions.js'

/** Pixels from the end within which the log follows what comes. */
const nearEnd = 80

export const ChatPanel = (props: ViewProps) => {
  const { session, words, actions, more, uploads } = props
  const { introduction, link, messages, pending, rating, typing } = session
  const [isRecording, setRecording] = useState(false)
  const items = logItems(session)
  const log = useRef<HTMLDivElement>(null)
  const follows = useRef(true)
  const newestOwn = pending.at(-1)?.id
  // The visitor's own message is shown wherever the log stands; what comes from others only moves a log that is at its end.
  useLayoutEffect(() => {
    follows.current = true
  }, [newestOwn])
  const toEnd = () => {
    if (log.current !== null && follows.current) log.current.scrollTop = log.current.scrollHeight
  }
  useLayoutEffect(() => {
    toEnd()
  }, [items.length, newestOwn, introduction, link, typing, rating, uploads?.list(), more])
  const onScroll = () => {
    if (log.current === null) return
    const { scrollHeight, scrollTop, clientHeight } = log.current
    follows.current = scrollHeight - scrollTop - clientHeight < nearEnd
  }
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard */}
      <div class="jv-log" role="log" aria-label={words.messages} tabIndex={0} ref={log} onScroll={onScroll} onLoadCapture={toEnd}>
        {items.length === 0 && <jdiv class="jv-empty">{words.empty}</jdiv>}
        {items.map(item => (
          <Item key={item.key} item={item} {...props} />
        ))}
        {more !== null && <more.UploadItems {...props} />}
        {introduction === 'offered' && more !== null && <more.ContactForm {...props} />}
        {rating !== null && more !== null && <more.Rating {...props} />}
        {typing !== null && more !== null && <more.Typing {...props} />}
        {link === 'lost' && (
          <jdiv class="jv-system">
            <Icon name="refresh" size={13} />
            {words.noConnection}
          </jdiv>
        )}
      </div>
      <div class="jv-hidden" role="status">
        {useToldOnce(typing === null ? null : words.isTyping(typing), messages.length)}
      </div>
      {isRecording && more !== null ? (
        <more.Recorder
          {...props}
          done={voice => {
            setRecording(false)
            if (voice !== null) actions.give([voice], true)
          }}
        />
      ) : (
        <Composer
          {...props}
          record={() => {
            actions.fetchMore()
            setRecording(true)
          }}
        />
      )}
    </>
  )
}

/** Who stops and begins to type again is not announced again before something was said. */
const useToldOnce = (text: string | null, turn: number): string => {
  const told = useRef({ text: '', turn })
  if (text !== null) told.current = { text, turn }
  return told.current.turn === turn ? told.current.text : ''
}
