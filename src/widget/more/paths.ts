/** Of an icon that only the second script draws. */
export const closePath = 'm6 6 12 12M18 6 6 18'
