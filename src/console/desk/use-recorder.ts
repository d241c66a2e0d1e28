import { useEffect, useRef, useState } from 'preact/hooks'
import { recordVoice, type VoiceRecording } from '../../browser/record-voice.js'

interface Recording {
  readonly state: 'asking' | 'running' | 'refused' | 'full'
  readonly seconds: number
  /** Ends the recording; null when there is none. */
  readonly finish: () => Promise<File | null>
}

/** Records as long as the component is there. */
export const useRecorder = (): Recording => {
  const [seconds, setSeconds] = useState(0)
  const [state, setState] = useState<Recording['state']>('asking')
  const recording = useRef<VoiceRecording | null>(null)
  useEffect(() => {
    const voice = recordVoice({
      onStart: () => setState('running'),
      onRefuse: () => setState('refused'),
      onSecond: setSeconds,
      onFull: () => setState('full'),
    })
    recording.current = voice
    return voice.release
  }, [])
  return { state, seconds, finish: async () => (await recording.current?.finish()) ?? null }
}
