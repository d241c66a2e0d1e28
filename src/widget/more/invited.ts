/** Which automatic actions have invited the visitor in this visit. */

const key = 'jv_invited'

const read = (): string[] => {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(key) ?? '[]')
    return Array.isArray(kept) ? kept.filter(text => typeof text === 'string') : []
  } catch {
    return []
  }
}

/** For pages that keep nothing. */
const here: string[] = []

export const hasInvited = (text: string): boolean => here.includes(text) || read().includes(text)

export const noteInvited = (text: string): void => {
  here.push(text)
  try {
    sessionStorage.setItem(key, JSON.stringify([...read(), text].slice(-50)))
  } catch {
    // Storage is switched off or full.
  }
}
