import type { FunctionComponent } from 'preact'
import type { FileContent, MessageContent } from '../../contracts/messages.js'
import type { ViewProps } from './visitor-actions.js'

/** A message that shows more than text. */
export interface RichMessage {
  readonly id: string
  readonly text: string
  readonly content: MessageContent
}

/** What the second script brings: parts that most visits never need. It is fetched when the first of them is. */
export interface More {
  readonly css: string
  readonly Content: FunctionComponent<ViewProps & { readonly message: RichMessage }>
  readonly ContactForm: FunctionComponent<ViewProps>
  readonly OfflinePanel: FunctionComponent<ViewProps>
  readonly Invitation: FunctionComponent<ViewProps>
  readonly Rating: FunctionComponent<ViewProps>
  readonly CallPanel: FunctionComponent<ViewProps>
  readonly MenuPanel: FunctionComponent<ViewProps>
  /** Records at once; null when the visitor thinks better of it. */
  readonly Recorder: FunctionComponent<ViewProps & { readonly done: (voice: File | null) => void }>
  /** Title and the line under it, for the panels that are here. */
  readonly titleOf: (props: ViewProps) => readonly [title: string, sub: string]
  /** @throws RangeError when the emulator does not take so much */
  readonly upload: (address: string, file: File) => Promise<FileContent>
}

/** A file on its way to the emulator. */
export interface Upload {
  readonly id: string
  readonly file: File
  readonly isVoice: boolean
  readonly status: 'sending' | 'failed' | 'tooBig'
}
