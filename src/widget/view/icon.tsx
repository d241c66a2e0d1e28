/** One path an icon: there is less for a page's style sheet to reach. */
const paths = {
  alert: 'M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0ZM12 7.5v5.5M12 16.3h.01',
  chat: 'M4 5h16v11h-9l-4.5 4v-4H4Z',
  check: 'm5 12.5 4.5 4.5L19 7.5',
  clip: 'm8 12.5 6.2-6.2a3 3 0 0 1 4.3 4.3l-8.2 8.1a5 5 0 0 1-7-7L11 4',
  clock: 'M20.5 12a8.5 8.5 0 1 1-17 0 8.5 8.5 0 0 1 17 0ZM12 7.5V12l3 2',
  down: 'm6 9 6 6 6-6',
  mail: 'M5 5h14a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2ZM4 7l8 6 8-6',
  mic: 'M12 3.5a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0v-5a3 3 0 0 1 3-3ZM5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3',
  phone: 'M6 3.5h3l1.7 4.6-2.2 1.7a12 12 0 0 0 5.7 5.7l1.7-2.2 4.6 1.7v3a2 2 0 0 1-2.2 2A16.5 16.5 0 0 1 4 5.7a2 2 0 0 1 2-2.2Z',
  refresh: 'M4 12a8 8 0 0 1 13.7-5.6L20 9M20 4v5h-5M20 12a8 8 0 0 1-13.7 5.6L4 15M4 20v-5h5',
  send: 'M4 12 20 4l-5 16-3.5-6.5ZM11.5 13.5 20 4',
}

export type IconName = keyof typeof paths

type Size = 13 | 16 | 20 | 30

export const Icon = ({ name, size = 20 }: { readonly name: IconName; readonly size?: Size }) => <Shape d={paths[name]} size={size} />

export const Shape = ({ d, size = 20 }: { readonly d: string; readonly size?: Size }) => (
  <svg class={`jv-icon jv-icon-${size}`} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    <path d={d} />
  </svg>
)
