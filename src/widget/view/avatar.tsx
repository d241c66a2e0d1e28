import { Icon } from './icon.js'

/** The letters that stand for a person: of the first two words of the name. */
export const initials = (name: string) =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map(word => [...word][0] ?? '')
    .join('')
    .toUpperCase()

export const Avatar = ({ name }: { readonly name: string }) => (
  <span class="jv-avatar" aria-hidden="true">
    {initials(name) || <Icon name="chat" size={16} />}
  </span>
)
