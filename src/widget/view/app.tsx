import { ChatWindow } from './chat-window.js'
import { Label } from './label.js'
import type { ViewProps } from './visitor-actions.js'

/** The tree that sites know: label, then the window in `#jcont`. Class names keep their readable part only. */
export const App = (props: ViewProps) => {
  const {
    session: { isOpen, panel },
    more,
  } = props
  return (
    <jdiv class="globalClass_jv">
      <jdiv class="notranslate" translate={false}>
        {/* Always there, so that a screen reader says what comes into it. */}
        <div role="status">{isOpen && panel === 'invitation' && more !== null && <more.Invitation {...props} />}</div>
        <Label {...props} />
      </jdiv>
      <ChatWindow {...props} />
    </jdiv>
  )
}
