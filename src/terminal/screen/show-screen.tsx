/** @jsxImportSource react */
import { EventEmitter } from 'node:events'
import { render } from 'ink'
import { createFrameWriter } from './frame-writer.js'
import { Screen } from './screen.js'
import type { ScreenModel } from './screen-model.js'
import type { Size } from './state.js'

export interface ShowOptions {
  readonly model: ScreenModel
  readonly hasColors: boolean
  readonly isUtf8: boolean
  readonly size: () => Size
  readonly write: (text: string) => void
}

export interface ShownScreen {
  /** The next frame is written whole: something else has written to the terminal. */
  readonly forget: () => void
  /** Frames are held back while the terminal has no room for them. */
  readonly hold: (isHeld: boolean) => void
  readonly close: () => void
}

/**
 * Reads the keys of the process's own terminal, and hands its frames to `write`. Ink lays them out; what is written is ours,
 * because Ink clears the whole screen for every frame that fills it.
 */
export const showScreen = ({ model, hasColors, isUtf8, size, write }: ShowOptions): ShownScreen => {
  const writer = createFrameWriter(write)
  let isHeld = false
  let last = ''
  const stream = Object.assign(new EventEmitter(), {
    isTTY: false,
    write: (frame: string) => {
      last = frame
      if (!isHeld) writer.draw(frame)
      model.drawn()
      return true
    },
  })
  Object.defineProperties(stream, { columns: { get: () => size().columns }, rows: { get: () => size().rows } })
  const instance = render(<Screen model={model} hasColors={hasColors} isUtf8={isUtf8} />, {
    // Each frame comes as one text.
    debug: true,
    stdout: stream as unknown as NodeJS.WriteStream,
    exitOnCtrlC: false,
    patchConsole: false,
  })
  return {
    forget: () => {
      writer.forget()
      if (!isHeld && last !== '') writer.draw(last)
    },
    hold: next => {
      isHeld = next
      if (next) writer.forget()
      else if (last !== '') writer.draw(last)
    },
    close: () => {
      isHeld = true
      instance.unmount()
      instance.cleanup()
    },
  }
}
