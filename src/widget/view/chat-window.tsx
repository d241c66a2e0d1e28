import { initials } from './avatar.js'
import { ChatPanel } from './chat-panel.js'
import { Icon } from './icon.js'
import { keepTabInside } from './keep-tab-inside.js'
import { OfflinePanel } from './offline-panel.js'
import { phone } from './phone.js'
import type { ViewProps } from './visitor-actions.js'

/** The window. The button that closes it is there while it is closed too: sites look for it. */
export const ChatWindow = (props: ViewProps) => {
  const { session, words, actions } = props
  const { isOpen, panel } = session
  const dialog = isOpen ? ({ role: 'dialog', 'aria-label': words.chat, 'aria-modal': matchMedia(phone).matches } as const) : {}
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.stopPropagation()
      actions.close()
    } else if (matchMedia(phone).matches) keepTabInside(event)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a dialog while it is open; Escape closes it from anywhere inside
    <jdiv id="jcont" class="jv-window" onKeyDown={onKeyDown} {...dialog}>
      {isOpen && <Header {...props} />}
      <jdiv id="jivo_action" class="jv-action">
        {/* biome-ignore lint/a11y/noStaticElementInteractions: sites call click() on it; people press the button in it */}
        <jdiv id="jivo_close_button" onClick={actions.close}>
          <button type="button" class="jv-round" aria-label={words.minimise}>
            <Icon name="down" />
          </button>
        </jdiv>
      </jdiv>
      {isOpen && (panel === 'offline' ? <OfflinePanel {...props} /> : <ChatPanel {...props} />)}
    </jdiv>
  )
}

const Header = ({ session: { agent, mode, link, panel }, words }: ViewProps) => {
  const isOffline = panel === 'offline'
  const title = isOffline ? words.leaveMessage : (agent ?? words.title)
  const presence = mode === 'offline' ? words.weAreOffline : agent === null ? words.weAreOnline : words.online
  return (
    <jdiv class="jv-top">
      <span class="jv-face" aria-hidden="true">
        {isOffline || agent === null ? <Icon name={isOffline ? 'mail' : 'chat'} /> : initials(agent)}
        {mode === 'online' && link !== 'lost' && <jdiv class="jv-on" />}
      </span>
      <jdiv class="jv-who">
        <h2 class="jv-title">{title}</h2>
        <jdiv class="jv-sub">{link === 'lost' ? words.connecting : presence}</jdiv>
      </jdiv>
    </jdiv>
  )
}
