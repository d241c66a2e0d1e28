import { hasConversation } from '../session.js'
import { Icon } from './icon.js'
import { phone } from './phone.js'
import type { ViewProps } from './visitor-actions.js'

/** The closed widget. On a phone only its icon is drawn; the words stay for screen readers. */
export const Label = ({ session, words, actions }: ViewProps) => {
  const { mode, unread, isOpen, panel, settings } = session
  // Phones begin with the choice of channels, as long as there is one and nobody talks yet.
  const asks = mode === 'online' && settings.menu.length > 0 && !hasConversation(session) && panel !== 'invitation'
  const press = () => actions.open(asks && matchMedia(phone).matches ? 'menu' : undefined)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: sites call click() on it; people press the button in it
    <jdiv id="jvlabelWrap" class={`label_jv button__jv${mode === 'offline' ? ' _offline_jv' : ''}`} onClick={press} onPointerEnter={actions.fetchMore}>
      <button type="button" class="jv-label" aria-haspopup="dialog" aria-expanded={isOpen && panel !== 'invitation'}>
        <jdiv class="labelStatus_jv" />
        <Icon name={mode === 'offline' ? 'mail' : 'chat'} />
        <jdiv class="text_jv">{mode === 'offline' ? words.leaveMessage : words.askUs}</jdiv>
        {unread > 0 && (
          <jdiv class="messagesLabel_jv">
            <jdiv class="jv-hidden">{words.unread} </jdiv>
            {unread > 99 ? '99+' : unread}
          </jdiv>
        )}
      </button>
    </jdiv>
  )
}
