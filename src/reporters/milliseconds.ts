import { duration } from '../reading/format.js'

/** `41 ms`, or `3.00 s` from a second on, with a space that a search finds. */
export const milliseconds = (time: number): string => duration(time, 'en').replace('\u00a0', ' ')
