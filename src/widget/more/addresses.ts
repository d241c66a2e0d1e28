/** Where the parts of a message are fetched from, or null for an address that nothing here may open. */
export const fileAddress = (url: string, base: string): string | null => {
  if (/^\/files\/[^/]+\/[^/]+$/.test(url)) return base + url
  return /^https?:\/\//i.test(url) && URL.canParse(url) ? url : null
}

/** A place on a map that is opened only when it is pressed: nothing of it is fetched before. */
export const mapAddress = (latitude: number, longitude: number): string =>
  `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`

/** Links of the menu: to the web and to what people talk with. */
export const menuAddress = (url: string): string | null => (/^(https?|tel|mailto|tg|viber|whatsapp|sms):/i.test(url) ? url : null)
