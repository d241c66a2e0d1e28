import type { WidgetSettings } from './widget-settings.js'

/**
 * What the widget's loader asks the emulator for before there is a widget. Seen in Jivo's own loader 30.1.0 unless a field
 * says otherwise; sites read a few of the keys of `jivo_config`.
 */

/** `GET /script/widget/config/ID`, and then the page's `jivo_config`. */
export interface WidgetConfig {
  readonly widget_id: string
  readonly site_id: string
  /** Where the bundle comes from, without the scheme: `//code.jivosite.com`. Sites read it. */
  readonly base_url: string
  /** Follows `base_url` in the bundle's address. The value is a guess. */
  readonly bundle_folder: string
  /** Changes with the bundle: `rand` in its address. */
  readonly build_number: number
  /** Milliseconds since 1970 of the last change; a status with a later one makes the loader ask again. */
  readonly config_updated_ts: number
  readonly comet: { readonly host: string }
  /** The bundle waits for the first scroll or movement of the mouse, 5 s at most. */
  readonly enable_bundle_wait: boolean
  /** Ours, not Jivo's: milliseconds that the bundle waits. */
  readonly bundle_delay: number
  readonly isDeleted: boolean
  /** Hosts on which the widget never starts. `*`, for all of them, is ours. */
  readonly host_blacklist: readonly string[]
  /** 1 hides the widget while nobody is online. Sites read it. */
  readonly hide_offline: 0 | 1
  /** `page`, for the language of the page, is ours: a channel of Jivo's has one language. */
  readonly locale: WidgetSettings['language']
  /** Colour of the widget; seen in 2016. */
  readonly widget_color: string
}

/** `GET /widget/status/SITE/ID`. */
export interface WidgetStatus {
  /** Who is online. Only whether there is anybody is known to matter; what stands for an agent is a guess. */
  readonly agents: readonly number[]
  readonly premium: boolean
  readonly bots: readonly number[]
  readonly maintenance: boolean
  readonly config_updated_ts: number
}

/** The page's `jivo_config`: sites read `chat_mode`, `widget_id`, `hide_offline` and `base_url`. */
export type JivoConfig = WidgetConfig & { chat_mode: 'online' | 'offline' }

/** Locales of the bundle, by language. The values are a guess. */
export const bundleLocales = { en: 'en_US', ru: 'ru_RU' } as const

/** A widget id: ten letters and digits, or digits only. */
export const widgetIdPattern = /^(\d+|[A-Za-z0-9]{10})$/
