import type { More } from './view/more.js'
import { shared } from './view/shared.js'

/** Fetches the second script. Built apart: see `scripts/build.mjs`. */
export const loadMore = async (address: string): Promise<More> => (await import(address)).make(shared)
