import type { ComponentChildren } from 'preact'
import type { MessageContent } from '../../contracts/messages.js'
import { splitLinks } from '../links.js'
import type { LogItem } from '../log-items.js'
import type { Language, Words } from '../words.js'
import { Avatar } from './avatar.js'
import { Icon } from './icon.js'
import type { ViewProps } from './visitor-actions.js'

/** Chat text is only ever text: nothing of it becomes markup. */
export const Item = (props: ViewProps & { readonly item: LogItem }) => {
  const { item, session, words, language, actions, more } = props
  switch (item.kind) {
    case 'day':
      return <jdiv class="jv-day">{dayName(item.at, language, words)}</jdiv>
    case 'joined':
      return <jdiv class="jv-system">{words.agentJoined(item.name)}</jdiv>
    case 'introduced':
      return (
        <jdiv class="jv-system">
          <Icon name="check" size={13} />
          {words.contactsSent}
        </jdiv>
      )
    case 'agent': {
      const { text, content, name = '', at } = item.message
      return (
        <jdiv class="jv-message message__agent_jv">
          {item.isFirst && <jdiv class="jv-by">{at === null ? name : `${name && `${name} · `}${clockTime(at, language)}`}</jdiv>}
          {item.isLast && <Avatar name={name} />}
          {content !== undefined && more !== null ? (
            <more.Content {...props} message={{ ...item.message, content }} />
          ) : (
            <jdiv class="jv-bubble">
              {splitLinks(text).map(({ text: part, href }) =>
                href === undefined ? (
                  part
                ) : (
                  <a href={href} target="_blank" rel="noopener noreferrer nofollow">
                    {part}
                  </a>
                ),
              )}
            </jdiv>
          )}
        </jdiv>
      )
    }
    case 'visitor': {
      const time = clockTime(item.message.at, language)
      return <Own {...props} message={item.message} below={<jdiv class="jv-time">{item.isNewest ? `${time} · ${words.delivered}` : time}</jdiv>} />
    }
    case 'pending': {
      const { message } = item
      const below =
        message.status === 'failed' ? (
          <button type="button" class="jv-time jv-failed" onClick={() => actions.repeat(message)}>
            <Icon name="alert" size={13} />
            {words.failed}
          </button>
        ) : (
          <jdiv class="jv-time">
            <Icon name="clock" size={13} />
            {session.link === 'lost' ? words.waits : words.sending}
          </jdiv>
        )
      return <Own {...props} message={message} below={below} />
    }
  }
}

interface OwnProps extends ViewProps {
  readonly message: { readonly id: string; readonly text: string; readonly content?: MessageContent | undefined }
  readonly below: ComponentChildren
}

const Own = ({ message, below, ...props }: OwnProps) => {
  const { more, words } = props
  const { id, text, content } = message
  return (
    <jdiv class="jv-message jv-own message__client_jv">
      <jdiv class="jv-hidden">{words.you}: </jdiv>
      {content !== undefined && more !== null ? <more.Content {...props} message={{ id, text, content }} /> : <jdiv class="jv-bubble">{text}</jdiv>}
      {below}
    </jdiv>
  )
}

/** English with a clock of 24 hours, as everywhere in this project. */
const locales = { en: 'en-GB', ru: 'ru' }

const clockTime = (at: number, language: Language) => new Intl.DateTimeFormat(locales[language], { hour: '2-digit', minute: '2-digit' }).format(at)

const dayName = (at: number, language: Language, { today, yesterday }: Words) => {
  const date = new Date(at).toDateString()
  const now = new Date()
  if (date === now.toDateString()) return today
  now.setDate(now.getDate() - 1)
  if (date === now.toDateString()) return yesterday
  return new Intl.DateTimeFormat(locales[language], { day: 'numeric', month: 'long' }).format(at)
}
