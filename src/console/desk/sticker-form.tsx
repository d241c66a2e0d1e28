import { useEffect, useRef } from 'preact/hooks'
import type { MessageContent } from '../../contracts/messages.js'
import { stickerContent, stickerNames } from '../../contracts/stickers.js'
import { useApp } from '../app-context.js'
import { deskWords } from './words.js'

interface Props {
  readonly send: (text: string, content: MessageContent, usesText: boolean) => Promise<boolean>
  readonly close: () => void
}

/** One click sends a sticker. The text says what is on it. */
export const StickerForm = ({ send, close }: Props) => {
  const { settings } = useApp()
  const words = deskWords(settings.lang)
  const form = useRef<HTMLFieldSetElement>(null)
  useEffect(() => form.current?.querySelector('button')?.focus(), [])
  return (
    <fieldset
      class="extra sticker-form"
      aria-label={words.sticker}
      ref={form}
      onKeyDown={event => {
        if (event.key !== 'Escape') return
        event.preventDefault()
        close()
      }}
    >
      {stickerNames.map(name => {
        const content = stickerContent(name)
        const title = words.stickers[name]
        return (
          <button
            class="btn quiet sticker-b"
            type="button"
            key={name}
            aria-label={title}
            title={title}
            onClick={() => void send(title, content, false).then(isSent => isSent && close())}
          >
            <img src={content.url} alt="" width={44} height={44} />
          </button>
        )
      })}
    </fieldset>
  )
}
