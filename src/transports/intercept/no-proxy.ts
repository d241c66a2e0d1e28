/** How programs read `NO_PROXY`: hosts and domains, separated by commas or spaces. */
export const noProxyEntries = (list: string): string[] => list.split(/[\s,]+/).filter(entry => entry !== '')

/** Whether an entry keeps a host from the proxy, in the widest reading that any client has of it. */
export const covers = (entry: string, host: string): boolean => {
  const name = entry
    .toLowerCase()
    .replace(/:\d+$/, '')
    .replace(/^\*?\./, '')
  return name === '*' || host === name || (name !== '' && host.endsWith(`.${name}`))
}
