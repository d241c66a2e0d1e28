import { ChatWindow } from './chat-window.js'
import { Player, Trackers } from './hooks.js'
import { InvitationCard } from './invitation.js'
import { Label } from './label.js'
import { phone } from './phone.js'
import type { ViewProps } from './visitor-actions.js'

/**
 * The tree that sites know: label, player, then the window in `#jcont`. Class names keep their readable part only. With a
 * custom label the site draws its own.
 */
export const App = (props: ViewProps) => (
  <jdiv class="globalClass_jv">
    <jdiv class={`notranslate ${matchMedia(phone).matches ? '__jivoMobileButton' : '__jivoDesktopButton'}`} translate={false}>
      <InvitationCard {...props} />
      {props.session.settings.label === 'own' && <Label {...props} />}
    </jdiv>
    <Player />
    <ChatWindow {...props} />
    <Trackers />
  </jdiv>
)
