import type { JivoConfig } from '../contracts/widget-loading.js'
import type { Language } from './words.js'

/** What the loader hands to the bundle. */
export interface Boot {
  /** Id of this page, the same as long as it lives. */
  readonly page: string
  /** The page's `jivo_config`. */
  readonly config: JivoConfig
  readonly language: Language
  /** The hidden element after which the widget is drawn. */
  readonly container: HTMLElement
  /** Country, region, city and so on, by the visitor's address: `X-GeoIP` of the status. */
  readonly geo: readonly string[]
  /** Somebody has talked here: from now on the bundle is not waited for. */
  readonly noteChat: () => void
}

export interface RunningWidget {
  /** Takes everything that is seen away, and calls `jivo_onWidgetDestroy` when it is over for good. */
  readonly stop: (isDestroyed: boolean) => void
}

/** What the bundle gives to `__jivoBundleOnLoad`. */
export type Bundle = (boot: Boot) => RunningWidget
