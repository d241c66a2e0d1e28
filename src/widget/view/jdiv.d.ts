import type { HTMLAttributes } from 'preact'

/** The element that Jivo draws with. Page rules for div, p and h2 do not match it. */
declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      jdiv: HTMLAttributes<HTMLElement>
    }
  }
}
