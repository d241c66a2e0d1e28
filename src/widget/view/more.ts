import type { FunctionComponent } from 'preact'
import type { FileContent, MessageContent } from '../../contracts/messages.js'
import type { AutomaticAction } from '../../contracts/widget-settings.js'
import type { Session } from '../session.js'
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
  readonly Typing: FunctionComponent<ViewProps>
  readonly UploadItems: FunctionComponent<ViewProps>
  readonly createUploads: (options: UploadOptions) => Uploads
  readonly watchActions: (options: WatchOptions) => () => void
}

export interface UploadOptions {
  /** Where files go. */
  readonly address: string
  /** Sends a message with a file that is there. */
  readonly attach: (file: FileContent) => void
  readonly redraw: () => void
}

/** Files on their way to the emulator. */
export interface Uploads {
  readonly list: () => readonly Upload[]
  readonly give: (files: readonly File[], isVoice: boolean) => void
  readonly retry: (upload: Upload) => void
  readonly drop: (upload: Upload) => void
}

export interface WatchOptions {
  readonly session: () => Session
  /** Milliseconds since 1970. */
  readonly openedAt: number
  readonly invite: (action: AutomaticAction) => void
}

export interface Upload {
  readonly id: number
  readonly file: File
  readonly isVoice: boolean
  readonly status: 'sending' | 'failed' | 'tooBig'
}
