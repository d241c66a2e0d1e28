import { ChatWindow } from './chat-window.js'
import { Player, Trackers } from './hooks.js'
import { Label } from './label.js'
import { phone } from './phone.js'
import type { ViewProps } from './visitor-actions.js'

/**
 * The tree that sites know: label, player, then the window in `#jcont`. Class names keep their readable part only. With a
 * custom label the site draws its own.
 */
export const App = (props: ViewProps) => {
  const {
    session: { isOpen, panel, settings },
    more,
  } = props
  return (
    <jdiv class="globalClass_jv">
      <jdiv class={`notranslate ${matchMedia(phone).matches ? '__jivoMobileButton' : '__jivoDesktopButton'}`} translate={false}>
        {/* Always there, so that a screen reader says what comes into it. */}
        <div role="status">{isOpen && panel === 'invitation' && more !== null && <more.Invitation {...props} />}</div>
        {settings.label === 'own' && <Label {...props} />}
      </jdiv>
      <Player />
      <ChatWindow {...props} />
      <Trackers />
    </jdiv>
  )
}
