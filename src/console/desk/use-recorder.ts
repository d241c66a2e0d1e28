import { useEffect, useRef, useState } from 'preact/hooks'

/** Seconds after which a recording ends by itself: far below what the emulator takes. */
const longest = 300

interface Recording {
  readonly state: 'asking' | 'running' | 'refused' | 'full'
  readonly seconds: number
  /** Ends the recording; null when there is none. */
  readonly finish: () => Promise<File | null>
}

/** Records from the first moment on. The light of the microphone goes out with the component. */
export const useRecorder = (): Recording => {
  const [seconds, setSeconds] = useState(0)
  const [state, setState] = useState<Recording['state']>('asking')
  const running = useRef<{ readonly recorder: MediaRecorder; readonly chunks: Blob[] } | null>(null)

  useEffect(() => {
    let isGone = false
    let stream: MediaStream | null = null
    let timer: ReturnType<typeof setInterval> | undefined
    const stop = () => {
      clearInterval(timer)
      for (const track of stream?.getTracks() ?? []) track.stop()
    }
    const begin = async () => {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true })
      if (isGone) return stop()
      const chunks: Blob[] = []
      const recorder = new MediaRecorder(stream)
      recorder.ondataavailable = ({ data }) => chunks.push(data)
      recorder.start()
      running.current = { recorder, chunks }
      setState('running')
      const started = Date.now()
      timer = setInterval(() => {
        const passed = Math.floor((Date.now() - started) / 1_000)
        setSeconds(passed)
        if (passed < longest) return
        recorder.stop()
        stop()
        setState('full')
      }, 250)
    }
    begin().catch(() => setState('refused'))
    return () => {
      isGone = true
      stop()
    }
  }, [])

  const finish = async () => {
    const { recorder, chunks } = running.current ?? {}
    if (recorder === undefined || chunks === undefined) return null
    if (recorder.state !== 'inactive') {
      const stopped = new Promise(resolve => {
        recorder.onstop = resolve
      })
      recorder.stop()
      await stopped
    }
    const type = (recorder.mimeType.split(';')[0] ?? '') || 'audio/webm'
    return new File(chunks, `voice.${type.split('/')[1] ?? 'webm'}`, { type })
  }
  return { state, seconds, finish }
}
