import { isWindowOpen } from '../session.js'
import { initials } from './avatar.js'
import { ChatPanel } from './chat-panel.js'
import { Icon } from './icon.js'
import { keepTabInside } from './keep-tab-inside.js'
import { phone } from './phone.js'
import type { ViewProps } from './visitor-actions.js'

/** The window. The button that closes it is there while it is closed too: sites look for it. */
export const ChatWindow = (props: ViewProps) => {
  const { session, words, actions, more } = props
  const { panel } = session
  const isOpen = isWindowOpen(session)
  const dialog = isOpen ? ({ role: 'dialog', 'aria-label': words.chat, 'aria-modal': matchMedia(phone).matches } as const) : {}
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.stopPropagation()
      actions.close()
    } else if (matchMedia(phone).matches) keepTabInside(event)
  }
  const onDrag = (event: DragEvent) => {
    if (!isOpen || panel !== 'chat' || !event.dataTransfer?.types.includes('Files')) return
    event.preventDefault()
    if (event.type === 'drop') actions.give([...event.dataTransfer.files])
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a dialog while it is open; Escape closes it from anywhere inside
    <jdiv id="jcont" class="jv-window" onKeyDown={onKeyDown} onDragOver={onDrag} onDrop={onDrag} {...dialog}>
      {isOpen && <Header {...props} />}
      <jdiv id="jivo_action" class="jv-action">
        {/* biome-ignore lint/a11y/noStaticElementInteractions: sites call click() on it; people press the button in it */}
        <jdiv id="jivo_close_button" onClick={actions.close}>
          <button type="button" class="jv-round" aria-label={words.minimise}>
            <Icon name="down" />
          </button>
        </jdiv>
      </jdiv>
      {isOpen && panel === 'offline' && more !== null && <more.OfflinePanel {...props} />}
      {isOpen && panel === 'call' && more !== null && <more.CallPanel {...props} />}
      {isOpen && panel === 'menu' && more !== null && <more.MenuPanel {...props} />}
      {isOpen && panel === 'chat' && <ChatPanel {...props} />}
    </jdiv>
  )
}

const Header = (props: ViewProps) => {
  const { session, words, actions, more } = props
  const { agent, mode, link, panel, settings } = session
  const isOffline = panel === 'offline'
  const isCall = panel === 'call'
  const [title, sub] = (isCall || panel === 'menu' ? more?.titleOf(props) : null) ?? [isOffline ? words.leaveMessage : (agent ?? words.title)]
  const presence = mode === 'offline' ? words.weAreOffline : agent === null ? words.weAreOnline : words.online
  return (
    <jdiv class="jv-top">
      <span class="jv-face" aria-hidden="true">
        {isOffline || isCall || agent === null ? <Icon name={isOffline ? 'mail' : isCall ? 'phone' : 'chat'} /> : initials(agent)}
        {mode === 'online' && link !== 'lost' && <jdiv class="jv-on" />}
      </span>
      <jdiv class="jv-who">
        <h2 class="jv-title">{title}</h2>
        <jdiv class="jv-sub">{link === 'lost' ? words.connecting : (sub ?? presence)}</jdiv>
      </jdiv>
      {panel === 'chat' && settings.callback !== 'off' && (
        <button type="button" class="jv-round jv-on-top" aria-label={words.callMe} onClick={() => actions.open('call')}>
          <Icon name="phone" />
        </button>
      )}
    </jdiv>
  )
}
