import { Avatar } from './avatar.js'
import { Icon } from './icon.js'
import type { ViewProps } from './visitor-actions.js'

/** Beside the closed widget. It takes no focus; the place for it is always there, so that a screen reader says what comes into it. */
export const InvitationCard = ({ session: { isOpen, panel, invitation }, words, actions }: ViewProps) => (
  <div role="status">
    {isOpen && panel === 'invitation' && invitation !== null && (
      <div
        role="dialog"
        class="jv-invite"
        aria-label={words.invitation}
        onKeyDown={event => {
          if (event.key === 'Escape') actions.close()
        }}
      >
        <button type="button" class="jv-invite-text" onClick={() => actions.open()}>
          <Avatar name={invitation.name ?? ''} />
          <span class="jv-invite-words">
            {invitation.name && <b class="jv-invite-name">{invitation.name}</b>}
            <span class="jv-invite-say">{invitation.text}</span>
            <span class="jv-option">{words.answer}</span>
          </span>
        </button>
        <button type="button" class="jv-round jv-invite-close" aria-label={words.closeInvitation} onClick={actions.close}>
          <Icon name="close" size={16} />
        </button>
      </div>
    )}
  </div>
)
