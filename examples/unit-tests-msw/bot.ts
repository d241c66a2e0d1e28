// A bot as it runs in production: Jivo's address stands in it, and nothing in it knows of tests.

interface Settings {
  /** Issued by Jivo. */
  readonly providerId: string
  /** Chosen by us. It is the key in both directions. */
  readonly token: string
}

interface JivoEvent {
  readonly event: string
  readonly client_id: string
  readonly chat_id: string
  readonly message?: { readonly text?: string }
}

/** Takes the requests of Jivo: hand `fetch` to the server of your choice. */
export const createBot = ({ providerId, token }: Settings) => {
  const say = async ({ client_id, chat_id }: JivoEvent, event: string, text?: string) => {
    const message = text === undefined ? {} : { message: { type: 'TEXT', text, timestamp: Math.floor(Date.now() / 1_000) } }
    const response = await fetch(`https://bot.jivosite.com/webhooks/${providerId}/${token}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ event, id: crypto.randomUUID(), client_id, chat_id, ...message }),
    })
    if (!response.ok) throw new Error(`Jivo answered ${response.status} to ${event}: ${await response.text()}`)
  }

  const answer = async (asked: JivoEvent) => {
    if (asked.event === 'AGENT_UNAVAILABLE') return say(asked, 'BOT_MESSAGE', 'Nobody is here. Leave your phone, and we will call.')
    if (asked.event !== 'CLIENT_MESSAGE') return
    if (/price/i.test(asked.message?.text ?? '')) return say(asked, 'BOT_MESSAGE', 'The birch kettle is 49 €.')
    return say(asked, 'INVITE_AGENT')
  }

  return {
    fetch: async (request: Request): Promise<Response> => {
      if (!new URL(request.url).pathname.endsWith(`/${token}`)) return Response.json({ error: { code: 'invalid_client' } }, { status: 401 })
      await answer((await request.json()) as JivoEvent)
      return Response.json({})
    },
  }
}
