import { addStyles } from './dom.js'
import type { Session } from './session.js'
import type { More, UploadOptions, Uploads, WatchOptions } from './view/more.js'
import { shared } from './view/shared.js'

interface Options {
  readonly address: string
  readonly uploads: UploadOptions
  readonly watch: WatchOptions
  readonly onLoaded: () => void
}

/** The script that brings what a first message does not need. Built apart: see `scripts/build.mjs`. */
export interface SecondScript {
  /** Null until it was needed and has come. */
  readonly more: () => More | null
  readonly uploads: () => Uploads | null
  /** Whether something is to be done or drawn that only this script can. */
  readonly isNeeded: (session: Session) => boolean
  /** Loads it, once. A failed try is forgotten, so that the next need tries again. */
  readonly fetch: () => void
  /** Files to be sent; they wait for the script. */
  readonly give: (files: readonly File[], isVoice: boolean) => void
  readonly stop: () => void
}

export const createSecondScript = ({ address, uploads: uploadOptions, watch, onLoaded }: Options): SecondScript => {
  let more: More | null = null
  let uploads: Uploads | null = null
  let isLoading = false
  let tries = 0
  let isStopped = false
  let remove = () => {}
  const given: Parameters<Uploads['give']>[] = []

  const sendGiven = () => {
    if (uploads !== null) for (const files of given.splice(0)) uploads.give(...files)
  }

  const load = async () => {
    // Chromium does not ask again for a module that failed under the same address.
    const loaded: More = (await import(tries === 0 ? address : `${address}?again=${tries}`)).make(shared)
    if (isStopped) return
    const removeStyles = addStyles(loaded.css)
    const stopWatching = loaded.watchActions(watch)
    remove = () => {
      removeStyles()
      stopWatching()
    }
    more = loaded
    uploads = loaded.createUploads(uploadOptions)
    onLoaded()
    sendGiven()
  }

  const fetch = () => {
    if (isLoading || more !== null) return
    isLoading = true
    // The browser says in its console what did not load.
    void load()
      .catch(() => {
        tries += 1
      })
      .finally(() => {
        isLoading = false
      })
  }

  return {
    more: () => more,
    uploads: () => uploads,
    isNeeded: session => more === null && (given.length > 0 || isNeededBy(session)),
    fetch,
    give: (files, isVoice) => {
      given.push([files, isVoice])
      fetch()
      sendGiven()
    },
    stop: () => {
      isStopped = true
      remove()
    },
  }
}

const isNeededBy = ({ actions, settings, isOpen, panel, rating, typing, introduction, messages, pending }: Session): boolean =>
  (actions ?? settings.actions).length > 0 ||
  (isOpen &&
    (panel !== 'chat' ||
      rating !== null ||
      typing !== null ||
      introduction === 'offered' ||
      [...messages, ...pending].some(({ content }) => content !== undefined)))
