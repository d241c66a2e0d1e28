/** A file that the emulator serves: the widget's script, the console, the shop. */
export interface Asset {
  readonly body: string
  readonly type: string
}

/** Looks a file up by its name in the build, such as `console/console.js`. Undefined for a name that is not there. */
export type Assets = (name: string) => Promise<Asset | undefined>
