import { Avatar } from '../view/avatar.js'
import { Shape } from '../view/icon.js'
import type { ViewProps } from '../view/visitor-actions.js'
import { closePath } from './paths.js'
import { moreWords } from './words.js'

/** Beside the closed widget. It takes no focus: the place where it stands is one that screen readers watch. */
export const InvitationCard = ({ session: { invitation }, language, actions }: ViewProps) => {
  const words = moreWords(language)
  if (invitation === null) return null
  const { name, text } = invitation
  return (
    <div
      role="dialog"
      class="jv-invite"
      aria-label={words.invitation}
      onKeyDown={event => {
        if (event.key === 'Escape') actions.close()
      }}
    >
      <button type="button" class="jv-invite-text" onClick={() => actions.open()}>
        <Avatar name={name ?? ''} />
        <span class="jv-invite-words">
          {name && <b class="jv-invite-name">{name}</b>}
          <span class="jv-invite-say">{text}</span>
          <span class="jv-option">{words.answer}</span>
        </span>
      </button>
      <button type="button" class="jv-round jv-invite-close" aria-label={words.closeInvitation} onClick={actions.close}>
        <Shape d={closePath} size={16} />
      </button>
    </div>
  )
}
