import { useEffect, useRef, useState } from 'preact/hooks'
import type { MessageContent } from '../../contracts/messages.js'
import { type Failure, uploadFile } from '../api.js'
import { useApp } from '../app-context.js'
import { Icon } from '../icons.js'
import { TextField, wrong } from './edit-form.js'
import { ExtraForm } from './extra-form.js'
import { StickerForm } from './sticker-form.js'
import { useGivenFiles } from './use-given-files.js'
import { VoiceForm } from './voice-form.js'
import { deskWords } from './words.js'

interface Props {
  /** What stands in the composer: the question that buttons answer. */
  readonly text: string
  /** True when it was sent. */
  readonly send: (text: string, content: MessageContent, usesText: boolean) => Promise<boolean>
  readonly fail: (failure: Failure | null) => void
}

/** What an agent sends besides text: a file, a sticker, a voice, buttons, a place. */
export const Attachments = ({ text, send, fail }: Props) => {
  const { settings } = useApp()
  const words = deskWords(settings.lang)
  const [shown, setShown] = useState<'sticker' | 'voice' | 'buttons' | 'location' | null>(null)
  const file = useRef<HTMLInputElement>(null)
  const close = () => setShown(null)
  const attach = async (files: readonly File[]) => {
    for (const one of files) {
      const answer = await uploadFile(one)
      if ('failure' in answer) return fail(answer.failure.code === 'too-long' ? wrong(words.tooBig) : answer.failure)
      if (!(await send(one.name, answer.file, false))) return
    }
  }
  useGivenFiles(file, files => void attach(files))
  const forms = [
    { name: 'sticker', icon: 'face', label: words.sticker },
    { name: 'voice', icon: 'microphone', label: words.voiceMessage },
    { name: 'buttons', icon: 'buttons', label: words.buttons },
    { name: 'location', icon: 'pin', label: words.location },
  ] as const
  return (
    <>
      <input
        type="file"
        multiple
        hidden
        ref={file}
        onChange={event => {
          const files = [...(event.currentTarget.files ?? [])]
          event.currentTarget.value = ''
          void attach(files)
        }}
      />
      <button class="btn quiet ico sm" type="button" aria-label={words.attach} title={words.attach} onClick={() => file.current?.click()}>
        <Icon name="clip" class="s" />
      </button>
      {forms.map(({ name, icon, label }) => (
        <button
          class="btn quiet ico sm"
          type="button"
          key={name}
          aria-label={label}
          title={label}
          aria-expanded={shown === name}
          onClick={() => setShown(shown === name ? null : name)}
        >
          <Icon name={icon} class="s" />
        </button>
      ))}
      {shown === 'buttons' && <ButtonsForm text={text} send={send} close={close} />}
      {shown === 'location' && <LocationForm send={send} fail={fail} close={close} />}
      {shown === 'sticker' && <StickerForm send={send} close={close} />}
      {shown === 'voice' && <VoiceForm send={send} fail={fail} close={close} />}
    </>
  )
}

const useFirstField = () => {
  const form = useRef<HTMLDivElement>(null)
  useEffect(() => form.current?.querySelector<HTMLElement>('input, textarea')?.focus(), [])
  return form
}

interface FormProps extends Pick<Props, 'send'> {
  readonly close: () => void
}

const ButtonsForm = ({ text, send, close }: FormProps & Pick<Props, 'text'>) => {
  const { settings } = useApp()
  const words = deskWords(settings.lang)
  const [lines, setLines] = useState('')
  const form = useFirstField()
  const buttons = lines
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')
    .map((line, at) => ({ id: String(at + 1), text: line.slice(0, 1_000) }))
  const submit = async () => {
    if (await send(text.trim() || words.question, { kind: 'buttons', buttons }, true)) close()
  }
  return (
    <ExtraForm form={form} label={words.buttons} isReady={buttons.length > 0} submit={submit} close={close}>
      <label class="tall">
        {words.buttonLines}
        <textarea class="in" rows={3} value={lines} onInput={event => setLines(event.currentTarget.value)} />
      </label>
    </ExtraForm>
  )
}

const LocationForm = ({ send, fail, close }: FormProps & Pick<Props, 'fail'>) => {
  const { settings } = useApp()
  const words = deskWords(settings.lang)
  const [latitude, setLatitude] = useState('')
  const [longitude, setLongitude] = useState('')
  const [title, setTitle] = useState('')
  const form = useFirstField()
  const submit = async () => {
    const [north, east] = [latitude, longitude].map(degrees => Number(degrees.trim().replace(',', '.'))) as [number, number]
    if (!(Math.abs(north) <= 90 && Math.abs(east) <= 180)) return fail(wrong(words.noPlace))
    const name = title.trim()
    const content = { kind: 'location', latitude: north, longitude: east, ...(name === '' ? {} : { title: name }) } as const
    if (await send(name || `${north}, ${east}`, content, false)) close()
  }
  return (
    <ExtraForm form={form} label={words.location} isReady={latitude.trim() !== '' && longitude.trim() !== ''} submit={submit} close={close}>
      <TextField label={words.latitude} value={latitude} change={setLatitude} />
      <TextField label={words.longitude} value={longitude} change={setLongitude} />
      <TextField label={words.placeTitle} value={title} change={setTitle} />
    </ExtraForm>
  )
}
