import { useEffect, useRef, useState } from 'preact/hooks'
import { Icon, Shape } from '../view/icon.js'
import type { ViewProps } from '../view/visitor-actions.js'
import { closePath } from './paths.js'
import { moreWords } from './words.js'

/** Seconds after which a recording ends by itself: far below what the emulator takes. */
const longest = 300

interface Running {
  readonly recorder: MediaRecorder
  readonly chunks: Blob[]
}

/** In place of the composer: it records from the first moment on, until it is sent or thrown away. */
export const Recorder = ({ words, language, done }: ViewProps & { readonly done: (voice: File | null) => void }) => {
  const more = moreWords(language)
  const [seconds, setSeconds] = useState(0)
  const [state, setState] = useState<'asking' | 'running' | 'refused'>('asking')
  const running = useRef<Running | null>(null)
  const finish = useRef<HTMLButtonElement>(null)

  useEffect(() => {
    let isGone = false
    let stream: MediaStream | null = null
    let timer: ReturnType<typeof setInterval> | undefined
    const begin = async () => {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true })
      if (isGone) return stop()
      const chunks: Blob[] = []
      const recorder = new MediaRecorder(stream)
      recorder.ondataavailable = ({ data }) => chunks.push(data)
      recorder.start()
      running.current = { recorder, chunks }
      setState('running')
      finish.current?.focus()
      const started = Date.now()
      timer = setInterval(() => setSeconds(Math.floor((Date.now() - started) / 1_000)), 250)
    }
    // The light of the microphone goes out at once.
    const stop = () => {
      for (const track of stream?.getTracks() ?? []) track.stop()
    }
    begin().catch(() => setState('refused'))
    return () => {
      isGone = true
      clearInterval(timer)
      stop()
    }
  }, [])

  const send = () => {
    const { recorder, chunks } = running.current ?? {}
    if (recorder === undefined || chunks === undefined || recorder.state === 'inactive') return
    recorder.onstop = () => {
      const type = (recorder.mimeType.split(';')[0] ?? '') || 'audio/webm'
      done(new File(chunks, `voice.${type.split('/')[1] ?? 'webm'}`, { type }))
    }
    recorder.stop()
  }
  useEffect(() => {
    if (seconds >= longest) send()
  }, [seconds])

  const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
  return (
    <jdiv class="jv-foot">
      <fieldset class="jv-composer" aria-label={more.voice}>
        <button type="button" class="jv-round" aria-label={more.cancel} data-jv-focus onClick={() => done(null)}>
          <Shape d={closePath} />
        </button>
        {state === 'refused' ? (
          <div class="jv-recorded jv-error" role="alert">
            {more.noMicrophone}
          </div>
        ) : (
          <jdiv class="jv-recorded">
            <jdiv class="jv-red" />
            <span role="status">{more.recording}</span> <span role="timer">{time}</span>
          </jdiv>
        )}
        {state === 'running' && (
          <button type="button" class="jv-round jv-send" aria-label={more.sendVoice} ref={finish} onClick={send}>
            <Icon name="send" size={16} />
          </button>
        )}
      </fieldset>
      <jdiv class="jv-fine">{words.byUs}</jdiv>
    </jdiv>
  )
}
