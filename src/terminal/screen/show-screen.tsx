/** @jsxImportSource react */
import { EventEmitter } from 'node:events'
import { render } from 'ink'
import { createFrameWriter } from './frame-writer.js'
import { painted } from './painted.js'
import { ScreenKeys } from './screen-keys.js'
import type { ScreenModel } from './screen-model.js'

export interface ShowOptions {
  readonly model: ScreenModel
  readonly hasColors: boolean
  readonly isUtf8: boolean
  readonly write: (text: string) => void
  /** Runs what may go wrong, and knows what to do then. */
  readonly guard: (run: () => void) => void
}

export interface ShownScreen {
  /** Writes the next frame whole: something else has written to the terminal, or its size changed. */
  readonly repaint: () => void
  /** Holds frames back, for as long as the terminal has no room for them. */
  readonly hold: (isHeld: boolean) => void
  readonly close: () => void
}

/** Puts the frames of the model on the process's own terminal, and gives it the keys. */
export const showScreen = ({ model, hasColors, isUtf8, write, guard }: ShowOptions): ShownScreen => {
  const writer = createFrameWriter(write)
  let isHeld = false
  const draw = () =>
    guard(() => {
      if (!isHeld) writer.draw(model.frame().map(spans => painted(spans, { hasColors, isUtf8 })))
    })
  const repaint = () => {
    writer.forget()
    draw()
  }
  const stop = model.subscribe(draw)
  const keys = render(<ScreenKeys press={one => guard(() => model.press(one))} />, {
    stdout: nowhere(),
    // Without it Ink would hide and show the cursor at times of its own.
    debug: true,
    exitOnCtrlC: false,
    patchConsole: false,
  })
  repaint()
  return {
    repaint,
    hold: next => {
      isHeld = next
      repaint()
    },
    close: () => {
      stop()
      keys.unmount()
      keys.cleanup()
    },
  }
}

/** Ink has nothing to draw, and draws it here. */
const nowhere = () => Object.assign(new EventEmitter(), { isTTY: false, columns: 80, rows: 24, write: () => true }) as unknown as NodeJS.WriteStream
