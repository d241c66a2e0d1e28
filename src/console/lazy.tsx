import type { ComponentChildren, ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { useApp } from './app-context.js'

/** A part of the console that has a script of its own, which is loaded when it is first shown. */
export interface Part<Props> {
  readonly load: () => Promise<void>
  readonly Shown: ComponentType<Props> | null
}

export const part = <Props,>(load: () => Promise<ComponentType<Props>>): Part<Props> => {
  let shown: ComponentType<Props> | null = null
  let loading: Promise<void> | null = null
  return {
    load: () => {
      // Asked for once: the browser remembers a module that did not come, and only a reload of the page helps.
      loading ??= load().then(component => {
        shown = component
      })
      return loading
    },
    get Shown() {
      return shown
    },
  }
}

interface Loaded<Props> {
  readonly of: Part<Props>
  readonly props: Props
  /** What stands in its place meanwhile. */
  readonly children?: ComponentChildren
}

export const Lazy = <Props extends object>({ of, props, children }: Loaded<Props>) => {
  const { words } = useApp()
  const [state, setState] = useState<'loading' | 'there' | 'failed'>('loading')
  useEffect(() => {
    if (of.Shown !== null) return
    of.load().then(
      () => setState('there'),
      () => setState('failed'),
    )
  }, [of])
  const { Shown } = of
  if (Shown !== null) return <Shown {...props} />
  return state === 'failed' ? <p class="hint">{words.notLoaded}</p> : (children ?? null)
}
