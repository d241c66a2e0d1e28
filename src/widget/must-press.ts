import type { Session } from './session.js'

/** Whether nothing can be typed before a button is pressed: a bot asked for that, and neither the visitor nor an agent came after. */
export const mustPress = ({ agent, messages, pending }: Pick<Session, 'agent' | 'messages' | 'pending'>): boolean => {
  const last = messages.findLast(({ by, content }) => by === 'visitor' || (content?.kind === 'buttons' && content.forceReply === true))
  return last?.by === 'agent' && agent === null && pending.length === 0
}
