import * as z from 'zod'

/** What the channel's settings in Jivo's cabinet say of the widget, as far as a page can notice. */

const color = z.string().regex(/^#([0-9a-f]{3}|[0-9a-f]{6})$/i, 'expected a colour such as #2b7cff')

/**
 * One automatic action: when everything under `when` is true, once a visit, the visitor is invited.
 *
 * Jivo's own structure, which `setRules` takes, is exported by its cabinet and not public: this one is ours, a guess.
 */
export const automaticAction = z.strictObject({
  name: z.string().max(200).optional(),
  when: z.strictObject({
    /** Seconds on the page. */
    seconds: z.number().nonnegative().optional(),
    /** Part of the page that has been scrolled past, in percent. */
    scrolled: z.number().min(0).max(100).optional(),
    /** Part of the page's address. */
    url: z.string().max(2_000).optional(),
    /** Pages seen so far, this one included. */
    pages: z.int().positive().optional(),
  }),
  invite: z.strictObject({ text: z.string().min(1).max(1_000), department: z.int().optional() }),
})

export const automaticActions = z.array(automaticAction).max(100)

export const widgetSettings = z.strictObject({
  /**
   * When the widget starts after the page has loaded.
   * - `now`: at once.
   * - `lazy`: at the first scroll or movement of the mouse, or after 5 seconds.
   * - a number: after so many milliseconds.
   */
  boot: z.union([z.enum(['now', 'lazy']), z.int().nonnegative().max(600_000)]),
  /** `deleted` and `blocked` widgets never start. */
  status: z.enum(['active', 'deleted', 'blocked']),
  /** `custom`: the site draws its own label, and the widget draws none. */
  label: z.enum(['own', 'custom']),
  /** One colour, or two for a gradient. */
  colors: z.array(color).min(1).max(2),
  /** Whether a visitor can ask to be called. `no-balance`: it is set up, but no money is left for calls. */
  callback: z.enum(['on', 'off', 'no-balance']),
  /** Whether the visitor is asked how it went when a chat is finished. */
  asksForRating: z.boolean(),
  /** Links to other channels, for the menu on phones. */
  menu: z.array(z.strictObject({ channel: z.enum(['telegram', 'whatsapp', 'vk', 'viber', 'call', 'mail']), url: z.string().max(2_000) })).max(10),
  /** Language of the widget; `page`: that of the page. */
  language: z.enum(['page', 'en', 'ru']),
  /** Automatic actions; rules that a page sets with `setRules` win over them. */
  actions: automaticActions,
})

export type WidgetSettings = z.infer<typeof widgetSettings>
export type AutomaticAction = z.infer<typeof automaticAction>
