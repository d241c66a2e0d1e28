import { Icon } from './icon.js'
import type { ViewProps } from './visitor-actions.js'

/** The closed widget. On a phone only its icon is drawn; the words stay for screen readers. */
export const Label = ({ session: { mode, unread, isOpen }, words, actions }: ViewProps) => (
  // biome-ignore lint/a11y/noStaticElementInteractions: sites call click() on it; people press the button in it
  <jdiv id="jvlabelWrap" class={`label_jv button__jv${mode === 'offline' ? ' _offline_jv' : ''}`} onClick={() => actions.open()}>
    <button type="button" class="jv-label" aria-haspopup="dialog" aria-expanded={isOpen}>
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
