import type { JudgedToken } from './rules/inputs.js'

/** Without a secret a token is a text like any other. */
export const judgeToken = async (_token: string, _secret: string | null, _now: number): Promise<JudgedToken> => ({ as: 'opaque', id: '', problems: [] })
