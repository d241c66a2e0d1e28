import { useApp } from './app-context.js'
import { Icon } from './icons.js'
import { Rich } from './rich.js'

/** How it stands with the connection, when it does not stand well. */
export const LinkLine = () => {
  const { store, words } = useApp()
  const isBad = store.link === 'lost' || store.link === 'locked'
  return (
    <div class="link-line" role="status" hidden={!isBad}>
      {isBad && (
        <>
          <Icon name="wait" class="s" />
          <span>
            <Rich text={store.link === 'lost' ? words.lost : words.locked} />
          </span>
        </>
      )}
    </div>
  )
}
