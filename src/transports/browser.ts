import open from 'open'

/** Opens an address in the user's browser. */
export const openBrowser = async (url: string): Promise<void> => {
  const child = await open(url)
  child.unref()
}
