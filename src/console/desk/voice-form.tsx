import { useRef, useState } from 'preact/hooks'
import type { MessageContent } from '../../contracts/messages.js'
import { elapsed } from '../../reading/format.js'
import { type Failure, uploadFile } from '../api.js'
import { useApp } from '../app-context.js'
import { ExtraForm } from './extra-form.js'
import { useRecorder } from './use-recorder.js'
import { deskWords } from './words.js'

interface Props {
  readonly send: (text: string, content: MessageContent, usesText: boolean) => Promise<boolean>
  readonly fail: (failure: Failure | null) => void
  readonly close: () => void
}

/** Records a voice message, until it is sent or thrown away. */
export const VoiceForm = ({ send, fail, close }: Props) => {
  const { settings } = useApp()
  const words = deskWords(settings.lang)
  const form = useRef<HTMLDivElement>(null)
  const { state, seconds, finish } = useRecorder()
  const [isSending, setSending] = useState(false)
  const submit = async () => {
    if (isSending) return
    setSending(true)
    const voice = await finish()
    const answer = voice === null ? null : await uploadFile(voice)
    if (answer !== null && 'failure' in answer) fail(answer.failure)
    else if (answer !== null && (await send(words.voice, { ...answer.file, media: 'voice' }, false))) return close()
    setSending(false)
  }
  return (
    <ExtraForm form={form} label={words.sendVoice} isReady={state === 'running' || state === 'full'} submit={submit} close={close}>
      {state === 'refused' ? (
        <p class="fail-t" role="alert">
          {words.noMicrophone}
        </p>
      ) : (
        <p role="timer">
          {state === 'asking' ? words.askingMicrophone : words.recording} <span class="num">{elapsed(seconds * 1_000)}</span>
        </p>
      )}
    </ExtraForm>
  )
}
