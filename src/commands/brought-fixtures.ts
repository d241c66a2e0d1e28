import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { crmWebhooks } from '../contracts/webhooks/crm.js'

/** A fixture that the package brings. */
export interface BroughtFixture {
  /** `chat_finished.two-agents`; the plain case of an event is the event's name alone. */
  readonly name: string
  readonly event: string
  /** Path that every command takes: `fixtures/webhooks/chat_finished.two-agents.json`. */
  readonly path: string
  /** What it stands for, as `fixtures/README.md` says. */
  readonly scene: string
}

/** Path of the plain case of an event, inside the package. */
export const plainCase = (event: string): string => `fixtures/${Object.hasOwn(crmWebhooks, event) ? 'crm' : 'webhooks'}/${event}.json`

/** The fixtures of the package, the plain case of an event before its scenes. */
export const brought = async (packageFolder: string): Promise<BroughtFixture[]> => {
  const readme = await readFile(join(packageFolder, 'fixtures', 'README.md'), 'utf8')
  const scenes = new Map([...readme.matchAll(/^\| `(\S+)` \| (.+) \|$/gm)].map(([, path = '', scene = '']) => [path, scene]))
  const folders = ['webhooks', 'crm'].map(async folder => {
    const files = (await readdir(join(packageFolder, 'fixtures', folder))).filter(file => file.endsWith('.json')).map(file => file.slice(0, -'.json'.length))
    return files.sort().map(name => ({
      name,
      event: name.split('.')[0] ?? name,
      path: `fixtures/${folder}/${name}.json`,
      scene: scenes.get(`${folder}/${name}.json`) ?? '',
    }))
  })
  return (await Promise.all(folders)).flat()
}
