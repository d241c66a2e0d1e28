import { useState } from 'preact/hooks'
import { Inlines } from '../../browser/inlines.js'
import { type Block, parseMarkdown } from '../../contracts/markdown.js'
import type { FileContent, MessageContent } from '../../contracts/messages.js'
import { Icon, Shape } from '../view/icon.js'
import type { RichMessage } from '../view/more.js'
import type { ViewProps } from '../view/visitor-actions.js'
import { fileAddress, mapAddress } from './addresses.js'
import { moreWords, sizeText } from './words.js'

const filePath = 'M6 3h8l4 4v14H6ZM14 3v4h4'
const pinPath = 'M12 21s7-6.2 7-11.5A7 7 0 0 0 5 9.5C5 14.8 12 21 12 21ZM12 7a2.5 2.5 0 1 1 0 5a2.5 2.5 0 0 1 0-5'

type Of<Kind extends MessageContent['kind']> = Extract<MessageContent, { kind: Kind }>

export const Content = (props: ViewProps & { readonly message: RichMessage }) => {
  const { content, text } = props.message
  switch (content.kind) {
    case 'file':
      return <FileView {...props} file={content} />
    case 'location':
      return <Place {...props} place={content} />
    case 'buttons':
      return (
        <>
          <jdiv class="jv-bubble">{text}</jdiv>
          <Buttons {...props} message={props.message.id} buttons={content.buttons} />
        </>
      )
    case 'markdown':
      return (
        <jdiv class="jv-bubble jv-markdown">
          {parseMarkdown(content.markdown).map((block, at) => (
            <BlockView key={at} block={block} />
          ))}
        </jdiv>
      )
  }
}

const FileView = (props: ViewProps & { readonly file: FileContent }) => {
  const { file, base, language } = props
  const { media, name } = file
  const [isBroken, setBroken] = useState(false)
  const address = fileAddress(file.url, base)
  const words = moreWords(language)
  if (address === null || isBroken || media === 'document') return <FileCard {...props} address={address} />
  const onError = () => setBroken(true)
  switch (media) {
    case 'photo':
      return (
        <jdiv class="jv-bubble jv-media">
          <a class="jv-block" href={address} target="_blank" rel="noopener noreferrer" aria-label={`${words.openPicture} ${name}`}>
            <img class="jv-picture" src={address} alt={name} onError={onError} />
          </a>
        </jdiv>
      )
    case 'sticker':
      return <img class="jv-sticker" src={address} alt={name} onError={onError} />
    case 'video':
      return (
        <jdiv class="jv-bubble jv-media">
          {/* biome-ignore lint/a11y/useMediaCaption: who sent it gave no captions */}
          <video class="jv-picture" src={address} controls playsInline preload="metadata" aria-label={name} onError={onError} />
        </jdiv>
      )
    default: {
      const title = media === 'voice' ? words.voice : name
      return (
        <jdiv class="jv-bubble">
          <jdiv class="jv-small">{title}</jdiv>
          {/* biome-ignore lint/a11y/useMediaCaption: who sent it gave no captions */}
          <audio class="jv-audio" src={address} controls preload="metadata" aria-label={title} onError={onError} />
        </jdiv>
      )
    }
  }
}

const FileCard = ({ file: { name, size }, address, language }: ViewProps & { readonly file: FileContent; readonly address: string | null }) => {
  const inside = (
    <>
      <span class="jv-kind">
        <Shape d={filePath} />
      </span>
      <span class="jv-lines">
        {name}
        {size !== null && <span class="jv-small">{sizeText(size, language)}</span>}
      </span>
    </>
  )
  return (
    <jdiv class="jv-bubble">
      {address === null ? (
        <span class="jv-file">{inside}</span>
      ) : (
        <a class="jv-file" href={address} target="_blank" rel="noopener noreferrer nofollow">
          {inside}
        </a>
      )}
    </jdiv>
  )
}

const Place = ({ place: { latitude, longitude, title }, language }: ViewProps & { readonly place: Of<'location'> }) => {
  const words = moreWords(language)
  const degrees = `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`
  return (
    <jdiv class="jv-bubble">
      <a class="jv-file" href={mapAddress(latitude, longitude)} target="_blank" rel="noopener noreferrer">
        <span class="jv-kind">
          <Shape d={pinPath} />
        </span>
        <span class="jv-lines">
          {title ?? words.place}
          <span class="jv-small">{degrees}</span>
          <span class="jv-small jv-underlined">{words.map}</span>
        </span>
      </a>
    </jdiv>
  )
}

interface ButtonsProps extends ViewProps {
  readonly message: string
  readonly buttons: Of<'buttons'>['buttons']
}

/** The pressed one stays; whoever answers in words has no use for the others. */
const Buttons = ({ message, buttons, session, language, actions }: ButtonsProps) => {
  const all = [...session.messages, ...session.pending]
  const at = all.findIndex(({ id }) => id === message)
  const later = all.slice(at + 1).filter(said => !('by' in said) || said.by === 'visitor')
  const pressed = later.find(({ button }) => button?.message === message)?.button?.id
  const words = moreWords(language)
  const left = pressed === undefined ? (later.length > 0 ? [] : buttons) : buttons.filter(({ id }) => id === pressed)
  if (left.length === 0) return null
  return (
    <fieldset class="jv-options" aria-label={words.options}>
      {left.map(({ id, text }) =>
        id === pressed ? (
          <span key={id} class="jv-option jv-chosen">
            <Icon name="check" size={16} />
            <span class="jv-hidden">{words.pressed}: </span>
            {text}
          </span>
        ) : (
          <button key={id} type="button" class="jv-option" onClick={() => actions.press(text, { message, id })}>
            {text}
          </button>
        ),
      )}
    </fieldset>
  )
}

const BlockView = ({ block }: { readonly block: Block }) => {
  if ('items' in block) {
    const List = block.tag
    return (
      <List class="jv-list">
        {block.items.map((item, at) => (
          <li class="jv-item" key={at}>
            <Inlines parts={item} classOf={classOf} />
          </li>
        ))}
      </List>
    )
  }
  if (block.tag === 'pre') return <pre class="jv-code jv-pre">{block.children}</pre>
  return (
    <p class="jv-paragraph">
      <Inlines parts={block.children} classOf={classOf} />
    </p>
  )
}

const classOf = (tag: string) => `jv-${tag}`
