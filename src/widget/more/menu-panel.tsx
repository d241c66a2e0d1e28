import { Icon } from '../view/icon.js'
import type { ViewProps } from '../view/visitor-actions.js'
import { menuAddress } from './addresses.js'
import { moreWords } from './words.js'

const names = { telegram: 'Telegram', whatsapp: 'WhatsApp', vk: 'VK', viber: 'Viber' } as const
const icons = { telegram: 'send', whatsapp: 'chat', vk: 'chat', viber: 'chat', call: 'phone', mail: 'mail' } as const

/** Where else one can talk. */
export const MenuPanel = ({ session: { settings }, language, actions }: ViewProps) => {
  const words = moreWords(language)
  const nameOf = (channel: keyof typeof icons) => (channel === 'call' ? words.viaCall : channel === 'mail' ? words.viaMail : names[channel])
  return (
    <nav class="jv-form jv-scroll jv-menu" aria-label={words.howToTalk}>
      <button type="button" class="jv-way" data-jv-focus onClick={() => actions.open('chat')}>
        <Icon name="chat" />
        {words.chatHere}
      </button>
      {settings.callback !== 'off' && (
        <button type="button" class="jv-way" onClick={() => actions.open('call')}>
          <Icon name="phone" />
          {words.callBack}
        </button>
      )}
      {settings.menu.map(({ channel, url }, at) => {
        const href = menuAddress(url)
        return href === null ? null : (
          <a key={at} class="jv-way" href={href} target="_blank" rel="noopener noreferrer">
            <Icon name={icons[channel]} />
            {nameOf(channel)}
          </a>
        )
      })}
    </nav>
  )
}
