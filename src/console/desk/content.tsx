import type { MessageContent } from '../../contracts/messages.js'
import type { Chat } from '../../emulator/world/world.js'
import { useApp } from '../app-context.js'
import { Icon } from '../icons.js'
import { Markdown } from './markdown.js'
import { webAddress } from './visitor.js'
import { deskWords } from './words.js'

type Message = Chat['messages'][number]

interface Props {
  readonly message: Message
  readonly content: MessageContent
  /** All messages of the chat: one of them may have pressed a button of this one. */
  readonly messages: readonly Message[]
}

/** What a message shows beside its text. */
export const ContentView = ({ message: { id, text }, content, messages }: Props) => {
  const { settings } = useApp()
  const words = deskWords(settings.lang)
  switch (content.kind) {
    case 'markdown':
      return <Markdown text={content.markdown} />
    case 'location': {
      const { latitude, longitude, title } = content
      return (
        <div class="bub">
          <a href={`https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}`} target="_blank" rel="noreferrer">
            <Icon name="pin" class="s" /> {title ?? text}
          </a>
          <span class="t3 num content-line">
            {latitude}, {longitude}
          </span>
        </div>
      )
    }
    case 'buttons': {
      const pressed = messages.find(({ button }) => button?.message === id)?.button?.id
      return (
        <div class="bub">
          {text}
          <span class="content-buttons">
            {content.buttons.map(button => (
              <span key={button.id} class="tag">
                {button.id === pressed && (
                  <>
                    <Icon name="tick" class="xs" />
                    <span class="vh">{words.pressed}: </span>
                  </>
                )}
                {button.text}
              </span>
            ))}
          </span>
        </div>
      )
    }
    case 'file':
      return <FileView file={content} />
  }
}

const FileView = ({ file: { media, url, name, size } }: { readonly file: Extract<MessageContent, { kind: 'file' }> }) => {
  const { settings } = useApp()
  const words = deskWords(settings.lang)
  // Only our own files are shown here: the policy of this page lets nothing else in.
  const isOwn = url.startsWith('/files/')
  const address = isOwn ? url : webAddress(url)
  if (isOwn && (media === 'photo' || media === 'sticker')) {
    return (
      <div class="bub pic">
        <a href={url} target="_blank" rel="noreferrer" aria-label={words.pictureOf(name)}>
          <img src={url} alt={name} />
        </a>
      </div>
    )
  }
  const title = media === 'voice' ? words.voice : name
  return (
    <div class="bub">
      {address === null ? (
        title
      ) : (
        <a href={address} target="_blank" rel="noreferrer">
          <Icon name="clip" class="s" /> {title}
        </a>
      )}
      {size !== null && (
        <span class="t3 num content-line">
          {new Intl.NumberFormat(settings.lang).format(size)} {settings.lang === 'ru' ? 'Б' : 'B'}
        </span>
      )}
      {isOwn && (media === 'audio' || media === 'voice') && (
        // biome-ignore lint/a11y/useMediaCaption: who sent it gave no captions
        <audio src={url} controls preload="metadata" aria-label={title} />
      )}
      {isOwn && media === 'video' && (
        // biome-ignore lint/a11y/useMediaCaption: who sent it gave no captions
        <video src={url} controls preload="metadata" aria-label={title} />
      )}
    </div>
  )
}
