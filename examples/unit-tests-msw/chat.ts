// The back end of an app with a chat of its own. What its users write goes to Jivo; what agents answer comes back.

interface Answer {
  readonly recipient: { readonly id: string }
  readonly message: { readonly type: string; readonly text?: string }
}

/** @param channel id of the channel, issued by Jivo */
export const createChat = (channel: string) => {
  const inbox = new Map<string, string[]>()
  return {
    /** What agents have written to a user. */
    inboxOf: (user: string): readonly string[] => inbox.get(user) ?? [],
    send: async (user: { readonly id: string; readonly name: string }, text: string): Promise<void> => {
      const response = await fetch(`https://wh.jivosite.com/kettle/${channel}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ sender: user, message: { type: 'text', id: crypto.randomUUID(), text } }),
      })
      if (!response.ok) throw new Error(`Jivo answered ${response.status}: ${await response.text()}`)
    },
    /** Takes the requests of Jivo. */
    fetch: async (request: Request): Promise<Response> => {
      const { recipient, message } = (await request.json()) as Answer
      if (message.type === 'text') inbox.set(recipient.id, [...(inbox.get(recipient.id) ?? []), message.text ?? ''])
      return new Response()
    },
  }
}
