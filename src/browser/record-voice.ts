/** Seconds after which a recording ends by itself: far below what the emulator takes. */
const longest = 300

interface Listener {
  readonly onStart: () => void
  readonly onRefuse: () => void
  readonly onSecond: (seconds: number) => void
  /** It ended by itself; `finish` gives what was said. */
  readonly onFull: () => void
}

export interface VoiceRecording {
  /** Ends the recording; null when there is none. */
  readonly finish: () => Promise<File | null>
  /** The light of the microphone goes out at once. */
  readonly release: () => void
}

/** Records from the first moment that the visitor or the agent allows. */
export const recordVoice = ({ onStart, onRefuse, onSecond, onFull }: Listener): VoiceRecording => {
  let isReleased = false
  let stream: MediaStream | null = null
  let timer: ReturnType<typeof setInterval> | undefined
  let running: { readonly recorder: MediaRecorder; readonly stopped: Promise<unknown> } | null = null
  const chunks: Blob[] = []

  const release = () => {
    isReleased = true
    clearInterval(timer)
    for (const track of stream?.getTracks() ?? []) track.stop()
  }
  const begin = async () => {
    stream = await navigator.mediaDevices.getUserMedia({ audio: true })
    if (isReleased) return release()
    const recorder = new MediaRecorder(stream)
    // The last of what was said comes after it stopped.
    const stopped = new Promise(resolve => {
      recorder.onstop = resolve
    })
    recorder.ondataavailable = ({ data }) => chunks.push(data)
    recorder.start()
    running = { recorder, stopped }
    onStart()
    const started = Date.now()
    timer = setInterval(() => {
      const passed = Math.floor((Date.now() - started) / 1_000)
      onSecond(passed)
      if (passed < longest) return
      recorder.stop()
      release()
      onFull()
    }, 250)
  }
  begin().catch(onRefuse)

  const finish = async () => {
    if (running === null) return null
    const { recorder, stopped } = running
    if (recorder.state !== 'inactive') recorder.stop()
    await stopped
    const type = (recorder.mimeType.split(';')[0] ?? '') || 'audio/webm'
    return new File(chunks, `voice.${type.split('/')[1] ?? 'webm'}`, { type })
  }
  return { finish, release }
}
