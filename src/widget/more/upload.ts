import type { FileContent } from '../../contracts/messages.js'

/**
 * Sends a file to the emulator.
 *
 * @throws RangeError when the emulator does not take so much
 */
export const upload = async (address: string, file: File): Promise<FileContent> => {
  const query = new URLSearchParams({ name: file.name || 'file', type: file.type })
  // Without a type of its own the request needs no preflight.
  const answer = await fetch(`${address}?${query}`, { method: 'POST', body: new Blob([file]) })
  if (answer.status === 413) throw new RangeError(file.name)
  if (!answer.ok) throw new Error(`the upload was answered ${answer.status}`)
  return ((await answer.json()) as { file: FileContent }).file
}
