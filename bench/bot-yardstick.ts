// What a bot's message takes at least: a server on node:http that parses its JSON, checks it with the same contract, writes an
// event to the same kind of journal, all that waits in one write, and answers after that. Takes the folder of the journal and
// says its port.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { botRequests } from '../src/contracts/bot-api.js'
import type { Event } from '../src/contracts/journal.js'
import { createJournal } from '../src/emulator/journal.js'
import { openJournalFile } from '../src/transports/journal-file.js'

const { store } = await openJournalFile(`${process.argv[2]}/journal.jsonl`)
const journal = createJournal(store, 0)
let seq = 0

const server = createServer(async (request, response) => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const { success, data } = botRequests.BOT_MESSAGE.safeParse(JSON.parse(Buffer.concat(chunks).toString('utf8')))
  if (success) {
    seq += 1
    const { message } = data
    const text = message.type === 'TEXT' ? message.text : ''
    const event: Event = {
      seq,
      at: Date.now(),
      type: 'message.sent',
      chat: Number(data.chat_id),
      visitor: Number(data.client_id),
      message: `b${seq}`,
      by: 'bot',
      bot: 'bot1',
      text,
    }
    await journal.append([event])
  }
  response.writeHead(success ? 200 : 400, { 'content-type': 'application/json' }).end('{}')
})
server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`))
