import { Avatar } from '../view/avatar.js'
import type { ViewProps } from '../view/visitor-actions.js'

/** Somebody is typing; what screen readers hear of it stands in the panel. */
export const Typing = ({ session: { typing } }: ViewProps) => (
  <jdiv class="jv-message">
    <Avatar name={typing ?? ''} />
    <jdiv class="jv-bubble jv-typing">
      <jdiv class="jv-dot" />
      <jdiv class="jv-dot" />
      <jdiv class="jv-dot" />
    </jdiv>
  </jdiv>
)
