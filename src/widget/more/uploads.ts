import type { Upload, UploadOptions, Uploads } from '../view/more.js'
import { upload as send } from './upload.js'

/** Sends files as they are given; what did not get there stays until it is sent again or dropped. */
export const createUploads = ({ address, attach, redraw }: UploadOptions): Uploads => {
  let uploads: readonly Upload[] = []
  let given = 0

  const set = (next: readonly Upload[]) => {
    uploads = next
    redraw()
  }
  const without = ({ id }: Upload) => uploads.filter(upload => upload.id !== id)
  const become = ({ id }: Upload, status: Upload['status']) => set(uploads.map(upload => (upload.id === id ? { ...upload, status } : upload)))

  const transfer = async (upload: Upload) => {
    try {
      const file = await send(address, upload.file)
      uploads = without(upload)
      attach(upload.isVoice ? { ...file, media: 'voice' } : file)
    } catch (error) {
      become(upload, error instanceof RangeError ? 'tooBig' : 'failed')
    }
  }

  return {
    list: () => uploads,
    give: (files, isVoice) => {
      const added = files.map((file): Upload => ({ id: ++given, file, isVoice, status: 'sending' }))
      set([...uploads, ...added])
      for (const upload of added) void transfer(upload)
    },
    retry: upload => {
      become(upload, 'sending')
      void transfer(upload)
    },
    drop: upload => set(without(upload)),
  }
}
