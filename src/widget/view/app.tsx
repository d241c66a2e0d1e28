import { ChatWindow } from './chat-window.js'
import { InvitationCard } from './invitation.js'
import { Label } from './label.js'
import type { ViewProps } from './visitor-actions.js'

/** The tree that sites know: label, then the window in `#jcont`. Class names keep their readable part only. */
export const App = (props: ViewProps) => (
  <jdiv class="globalClass_jv">
    <jdiv class="notranslate" translate={false}>
      <InvitationCard {...props} />
      <Label {...props} />
    </jdiv>
    <ChatWindow {...props} />
  </jdiv>
)
