import { useEffect, useRef, useState } from 'preact/hooks'
import { recordVoice, type VoiceRecording } from '../../browser/record-voice.js'
import { Icon, Shape } from '../view/icon.js'
import type { ViewProps } from '../view/visitor-actions.js'
import { closePath } from './paths.js'
import { moreWords } from './words.js'

/** In place of the composer: it records from the first moment on, until it is sent or thrown away. */
export const Recorder = ({ words, language, done }: ViewProps & { readonly done: (voice: File | null) => void }) => {
  const more = moreWords(language)
  const [seconds, setSeconds] = useState(0)
  const [state, setState] = useState<'asking' | 'running' | 'refused'>('asking')
  const recording = useRef<VoiceRecording | null>(null)

  const send = async () => {
    const voice = recording.current
    // Pressed twice, it is sent once.
    recording.current = null
    if (voice !== null) done(await voice.finish())
  }
  useEffect(() => {
    const voice = recordVoice({ onStart: () => setState('running'), onRefuse: () => setState('refused'), onSecond: setSeconds, onFull: send })
    recording.current = voice
    return voice.release
  }, [])

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
          <button type="button" class="jv-round jv-send" aria-label={more.sendVoice} onClick={send}>
            <Icon name="send" size={16} />
          </button>
        )}
      </fieldset>
      <jdiv class="jv-fine">{words.byUs}</jdiv>
    </jdiv>
  )
}
