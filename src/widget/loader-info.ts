/**
 * What a browser keeps of the loading itself: localStorage `jv_loader_info_ID`, JSON without nulls. Name and keys are those
 * of Jivo's own loader; it has more of them.
 */
export interface LoaderInfo {
  /** Somebody has talked here. */
  readonly isChatStarted?: true
  /** The widget was found deleted; milliseconds since 1970. */
  readonly deletedInfo?: { readonly at: number }
  readonly buildNumber?: number
  /** The bundle with this build number has been loaded before. */
  readonly bundleLoaded?: true
  readonly configUpdatedTs?: number
}

type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem'>

/** How long a deleted widget is remembered, in milliseconds: a week, as Jivo's loader does. */
const deletedFor = 7 * 24 * 60 * 60 * 1_000

const keyOf = (widgetId: string) => `jv_loader_info_${widgetId}`

/** Empty where nothing is kept, or where what is kept is not ours. */
export const readLoaderInfo = (storage: () => Storage, widgetId: string): LoaderInfo => {
  try {
    const kept: unknown = JSON.parse(storage().getItem(keyOf(widgetId)) ?? '{}')
    return typeof kept === 'object' && kept !== null ? kept : {}
  } catch {
    return {}
  }
}

export const noteLoaderInfo = (storage: () => Storage, widgetId: string, news: LoaderInfo): void => {
  try {
    storage().setItem(keyOf(widgetId), JSON.stringify({ ...readLoaderInfo(storage, widgetId), ...news }))
  } catch {
    // Storage is switched off or full.
  }
}

/** When a widget that was found deleted will be asked for again; null when it may be asked for now. */
export const deletedUntil = ({ deletedInfo }: LoaderInfo, now: number): number | null => {
  const until = Number(deletedInfo?.at) + deletedFor
  return until > now ? until : null
}
