const paths = {
  brand: <path d="M4.5 9.5h15a1.5 1.5 0 0 1 1.5 1.5v6a1.5 1.5 0 0 1-1.5 1.5H11L6.5 22v-3.5h-2A1.5 1.5 0 0 1 3 17v-6a1.5 1.5 0 0 1 1.5-1.5ZM4 6 19.5 2.6" />,
  desk: <path d="M3 5h13v9H9l-4 3.5V14H3ZM19 9h2v8h-2v3l-3.6-3H11" />,
  timeline: <path d="M4 6h9M4 12h14M4 18h6M17 6h3M14 18h6" />,
  lanes: <path d="M5 4v16M12 4v16M19 4v16M5 9h7M12 15h7" />,
  account: (
    <>
      <path d="M4 7h9M17 7h3M4 17h3M11 17h9" />
      <circle cx="15" cy="7" r="2" />
      <circle cx="9" cy="17" r="2" />
    </>
  ),
  visitor: (
    <>
      <circle cx="12" cy="8" r="4" />
      <path d="M4.5 20c1.4-3.6 4.2-5 7.5-5s6.1 1.4 7.5 5" />
    </>
  ),
  page: (
    <>
      <rect x="3" y="4" width="18" height="16" rx="2" />
      <path d="M3 9h18M6.5 6.5h.01M9.5 6.5h.01" />
    </>
  ),
  bot: (
    <>
      <rect x="4" y="8" width="16" height="11" rx="3" />
      <path d="M12 8V4.5M9 13h.01M15 13h.01" />
    </>
  ),
  jivo: <path d="m13 3-8 11h6l-1 7 9-12h-6Z" />,
  server: (
    <>
      <rect x="4" y="4" width="16" height="7" rx="1.5" />
      <rect x="4" y="13" width="16" height="7" rx="1.5" />
      <path d="M8 7.5h.01M8 16.5h.01" />
    </>
  ),
  mail: (
    <>
      <rect x="3" y="5" width="18" height="14" rx="2" />
      <path d="m4 7 8 6 8-6" />
    </>
  ),
  search: (
    <>
      <circle cx="11" cy="11" r="6" />
      <path d="m20 20-4.600-4.600" />
    </>
  ),
  back: <path d="m14 6-6 6 6 6" />,
  tick: <path d="m5 12.5 4.5 4.5L19 7.5" />,
  cross: <path d="m6 6 12 12M18 6 6 18" />,
  bang: (
    <>
      <circle cx="12" cy="12" r="9" />
      <path d="M12 7.5v5.5M12 16.3h.01" />
    </>
  ),
  wait: (
    <>
      <circle cx="12" cy="12" r="8.5" />
      <path d="M12 7.5V12l3 2" />
    </>
  ),
  warn: <path d="M12 4 2.5 20h19ZM12 10v5M12 17.5h.01" />,
  funnel: <path d="M4 5h16l-6 7.5V19l-4-2v-4.5Z" />,
  pause: <path d="M8 5v14M16 5v14" />,
  play: <path d="M7 5v14l11-7Z" />,
  down: <path d="m6 9 6 6 6-6" />,
  up: <path d="m6 15 6-6 6 6" />,
  left: <path d="m15 6-6 6 6 6" />,
  right: <path d="m9 6 6 6-6 6" />,
  out: <path d="M14 4h6v6M20 4l-9 9M18 14v5a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V7a1 1 0 0 1 1-1h5" />,
  copy: (
    <>
      <rect x="8" y="8" width="12" height="12" rx="2" />
      <path d="M16 8V5a1 1 0 0 0-1-1H5a1 1 0 0 0-1 1v10a1 1 0 0 0 1 1h3" />
    </>
  ),
  again: <path d="M20 11a8 8 0 0 0-14.300-4L4 9M4 4v5h5M4 13a8 8 0 0 0 14.300 4l1.700-2M20 20v-5h-5" />,
  pencil: <path d="M4 20v-4L16 4l4 4L8 20ZM13 7l4 4" />,
  save: <path d="M4 4h12l4 4v12H4ZM8 4v5h7V4M8 20v-6h8v6" />,
  plane: <path d="M21 3 3 10l7 3 3 7ZM21 3 10 13" />,
  phone: <path d="M5 4h4l1.800 5-2.300 1.600a12 12 0 0 0 5 5L15 13.200l5 1.800v4c0 .600-.400 1-1 1C11 20 4 13 4 5c0-.600.400-1 1-1Z" />,
  plus: <path d="M12 5v14M5 12h14" />,
  link: <path d="M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.7-5.7L12 7M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.7 5.7L12 17" />,
  system: (
    <>
      <rect x="3" y="4.5" width="18" height="12" rx="1.5" />
      <path d="M9 20h6M12 16.5V20" />
    </>
  ),
  light: (
    <>
      <circle cx="12" cy="12" r="4" />
      <path d="M12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6 7 7M17 17l1.4 1.4M18.4 5.6 17 7M7 17l-1.4 1.4" />
    </>
  ),
  dark: <path d="M20 14.5A8.5 8.5 0 1 1 9.5 4a7 7 0 0 0 10.5 10.5Z" />,
  clip: <path d="m8 12.5 6.2-6.2a3 3 0 0 1 4.3 4.3l-8.2 8.1a5 5 0 0 1-7-7L11 4" />,
  pin: <path d="M12 21s7-6.2 7-11.5A7 7 0 0 0 5 9.5C5 14.8 12 21 12 21ZM12 7a2.5 2.5 0 1 1 0 5a2.5 2.5 0 0 1 0-5" />,
  buttons: <path d="M4 5h16v5H4ZM4 14h10v5H4Z" />,
  star: <path d="m12 4 2.5 5.2 5.5.7-4 4 1 5.6-5-2.7-5 2.7 1-5.6-4-4 5.5-.7Z" />,
  note: <path d="M5 4h14v10l-5 6H5ZM14 20v-6h5M8.5 8.5h7M8.500 12h4" />,
  spark: <path d="M12 3c.6 5 3.500 8 9 9-5.500 1-8.400 4-9 9-.6-5-3.500-8-9-9 5.500-1 8.400-4 9-9Z" />,
  invite: (
    <>
      <circle cx="10" cy="8" r="4" />
      <path d="M3 20c1.300-3.600 3.800-5 7-5s5.700 1.400 7 5M19 8v6M16 11h6" />
    </>
  ),
  swap: <path d="M4 8h14l-4-4M20 16H6l4 4" />,
  face: (
    <>
      <circle cx="12" cy="12" r="9" />
      <path d="M8.500 14.500a4.500 4.500 0 0 0 7 0M9 9.500h.01M15 9.500h.01" />
    </>
  ),
  microphone: (
    <>
      <rect x="9" y="3" width="6" height="11" rx="3" />
      <path d="M5.500 11.500a6.500 6.500 0 0 0 13 0M12 18v3" />
    </>
  ),
  help: (
    <>
      <circle cx="12" cy="12" r="9" />
      <path d="M9.5 9.5a2.5 2.5 0 1 1 3.6 2.2c-.8.4-1.1.9-1.1 1.8M12 17h.01" />
    </>
  ),
  keyboard: (
    <>
      <rect x="2.5" y="6" width="19" height="12" rx="2" />
      <path d="M6 10h.01M9.5 10h.01M13 10h.01M16.5 10h.01M8 14h8" />
    </>
  ),
}

export type IconName = keyof typeof paths

/** Always beside words or inside a labelled control, so a reader of screens skips it. */
export const Icon = ({ name, class: more = '' }: { readonly name: IconName; readonly class?: string }) => (
  <svg class={`i ${more}`} viewBox="0 0 24 24" aria-hidden="true">
    {paths[name]}
  </svg>
)
