import type { More } from '../view/more.js'
import type { ViewProps } from '../view/visitor-actions.js'
import { CallPanel } from './call-panel.js'
import { ContactForm } from './contact-form.js'
import { Content } from './content.js'
import { InvitationCard } from './invitation.js'
import { MenuPanel } from './menu-panel.js'
import css from './more.css'
import { OfflinePanel } from './offline-panel.js'
import { RatingCard } from './rating.js'
import { Recorder } from './recorder.js'
import { Typing } from './typing.js'
import { UploadItems } from './upload-items.js'
import { createUploads } from './uploads.js'
import { watchActions } from './watch-actions.js'
import { moreWords } from './words.js'

const titleOf = ({ session: { panel, call }, language }: ViewProps) => {
  const words = moreWords(language)
  if (panel === 'menu') return [words.howToTalk, words.talkSub] as const
  if (call === null) return [words.callBack, words.callBackSub] as const
  const title = { start: words.calling, agent_connected: words.calling, client_connected: words.talking, end: words.callOver, error: words.callFailed }
  return [title[call.status], call.phone] as const
}

/** The second script as a whole. */
export const more: More = {
  css,
  Content,
  ContactForm,
  OfflinePanel,
  Invitation: InvitationCard,
  Rating: RatingCard,
  CallPanel,
  MenuPanel,
  Recorder,
  titleOf,
  Typing,
  UploadItems,
  createUploads,
  watchActions,
}
