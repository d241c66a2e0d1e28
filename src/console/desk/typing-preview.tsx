import { useApp } from '../app-context.js'
import { deskWords } from './words.js'

/** What the client types and has not sent. It has its place while nothing is typed, so that the log does not jump. */
export const TypingPreview = ({ visitor, name }: { readonly visitor: number; readonly name: string }) => {
  const { store, settings } = useApp()
  const typed = store.world.visitors[visitor]?.typing ?? null
  return (
    <p class="typed cut">
      {typed !== null && (
        <>
          {deskWords(settings.lang).isTyping(name)} <q>{typed}</q>
        </>
      )}
    </p>
  )
}
