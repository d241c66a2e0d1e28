import type { ComponentChildren } from 'preact'
import { useApp } from '../app-context.js'
import type { SectionName } from './sections.js'
import { accountWords } from './words.js'

interface Props {
  readonly name: SectionName
  readonly title?: string
  readonly lead: string
  readonly children?: ComponentChildren
}

export const Section = ({ name, title, lead, children }: Props) => {
  const { settings } = useApp()
  return (
    <section id={name} aria-labelledby={`${name}-title`}>
      <h2 id={`${name}-title`}>{title ?? accountWords(settings.lang).sections[name]}</h2>
      <p>{lead}</p>
      {children}
    </section>
  )
}
