import type { IconName } from '../icons.js'

/** The parts of the account's page, in their order, each with the icon of its link. */
export const sections = {
  agents: 'visitor',
  channels: 'page',
  bots: 'face',
  delivery: 'plane',
  quirks: 'swap',
  tokens: 'link',
  limits: 'funnel',
  faults: 'bang',
  clock: 'wait',
} as const satisfies Record<string, IconName>

export type SectionName = keyof typeof sections

export const sectionNames = Object.keys(sections) as SectionName[]
