/** @jsxImportSource react */
import { render } from 'ink'
import { ChatScreen, type ChatScreenProps } from './chat-screen.js'

/** Puts the chat on the process's own terminal. `closed` resolves when it is gone from there. */
export const showChat = (props: ChatScreenProps): { readonly close: () => void; readonly closed: Promise<unknown> } => {
  const { unmount, waitUntilExit } = render(<ChatScreen {...props} />, { exitOnCtrlC: false, patchConsole: false })
  return { close: unmount, closed: waitUntilExit() }
}
