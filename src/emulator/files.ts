/** A file that a visitor or an agent attached. */
export interface StoredFile {
  readonly name: string
  /** Media type, such as `image/png`; empty when nobody said. */
  readonly type: string
  readonly bytes: Uint8Array
}

/** Keeps what was attached. Ids are made by us: hexadecimal digits behind a letter. */
export interface FileStore {
  /** False when there is no room for it. */
  readonly put: (id: string, file: StoredFile) => Promise<boolean>
  readonly get: (id: string) => Promise<StoredFile | undefined>
}

/** Bytes of the longest file that is taken. */
export const longestFile = 10 * 1024 * 1024

/** Bytes that one emulator keeps: any page with the widget can send files. */
export const mostBytes = 500 * 1024 * 1024

/** For an emulator without a data folder. */
export const memoryFiles = (most = mostBytes): FileStore => {
  const files = new Map<string, StoredFile>()
  let total = 0
  return {
    put: async (id, file) => {
      if (total + file.bytes.length > most) return false
      total += file.bytes.length
      files.set(id, file)
      return true
    },
    get: async id => files.get(id),
  }
}
