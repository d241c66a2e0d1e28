import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { fetched } from '../../scripts/fetched.mjs'

/** The last one for Node 20: later ones ask for Node 22. */
const version = '2.0.21'

/** Fetches Artillery, once a checkout. Returns the path of its command, or the reason why the registry could not give it. */
export const installArtillery = (): { readonly command: string } | { readonly missing: string } => {
  try {
    const modules = join(fetched('artillery', version), 'node_modules')
    // It greets its makers even where it is told not to, and waits for their answer; without its messenger it cannot.
    rmSync(join(modules, 'posthog-node'), { recursive: true, force: true })
    return { command: join(modules, 'artillery/bin/run') }
  } catch (error) {
    const { message, isUnreachable } = error as Error & { isUnreachable?: boolean }
    if (isUnreachable !== true) throw error
    return { missing: `the npm registry could not be reached: ${message}` }
  }
}
