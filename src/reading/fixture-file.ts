/** `chat_accepted.json`; a name that could be no event is not taken into a file's name. */
export const fixtureName = (event: string): string => `${/^[a-z][a-z0-9_]{0,60}$/.test(event) ? event : 'webhook'}.json`

/** Exactly the body, as fixtures are written. */
export const fixtureText = (body: unknown): string => `${JSON.stringify(body, null, 2)}\n`
