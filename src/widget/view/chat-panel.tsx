import { useLayoutEffect, useRef } from 'preact/hooks'
import { logItems } from '../log-items.js'
import { Composer } from './composer.js'
import { ContactForm } from './contact-form.js'
import { Icon } from './icon.js'
import { Item } from './log-item.js'
import type { ViewProps } from './visitor-actions.js'

/** Pixels from the end within which the log follows what comes. */
const nearEnd = 80

export const ChatPanel = (props: ViewProps) => {
  const { session, words } = props
  const { introduction, link, pending } = session
  const items = logItems(session)
  const log = useRef<HTMLDivElement>(null)
  const follows = useRef(true)
  const newestOwn = pending.at(-1)?.id
  // The visitor's own message is shown wherever the log stands; what comes from others only moves a log that is at its end.
  useLayoutEffect(() => {
    follows.current = true
  }, [newestOwn])
  useLayoutEffect(() => {
    if (log.current !== null && follows.current) log.current.scrollTop = log.current.scrollHeight
  }, [items.length, newestOwn, introduction, link])
  const onScroll = () => {
    if (log.current === null) return
    const { scrollHeight, scrollTop, clientHeight } = log.current
    follows.current = scrollHeight - scrollTop - clientHeight < nearEnd
  }
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard */}
      <div class="jv-log" role="log" aria-label={words.messages} tabIndex={0} ref={log} onScroll={onScroll}>
        {items.length === 0 && <jdiv class="jv-empty">{words.empty}</jdiv>}
        {items.map(item => (
          <Item key={item.key} item={item} {...props} />
        ))}
        {introduction === 'offered' && <ContactForm {...props} />}
        {link === 'lost' && (
          <jdiv class="jv-system">
            <Icon name="refresh" size={13} />
            {words.noConnection}
          </jdiv>
        )}
      </div>
      <Composer {...props} />
    </>
  )
}
