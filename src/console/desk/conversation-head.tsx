import type { ComponentChildren } from 'preact'
import { useApp } from '../app-context.js'
import { Icon } from '../icons.js'
import { desk, hashOf } from '../router.js'

interface Props {
  readonly name: string
  readonly line: string
  /** Buttons on the right. */
  readonly children?: ComponentChildren
}

/** Whom a conversation is with; on a phone also the way back to the list. */
export const ConversationHead = ({ name, line, children }: Props) => {
  const { words } = useApp()
  return (
    <div class="pane-h">
      <a class="btn quiet ico only-phone" href={hashOf(desk())} aria-label={words.backToChats}>
        <Icon name="left" />
      </a>
      <div class="grow">
        <h2 class="cut">{name}</h2>
        <p class="t3 cut sub">{line}</p>
      </div>
      {children}
    </div>
  )
}
