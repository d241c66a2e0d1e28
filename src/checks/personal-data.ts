const personalNames =
  /^(?:e?mail|emailaddress|phone|phonenumber|tel|telephone|mobile|name|firstname|lastname|middlename|givenname|familyname|fullname|surname|patronymic|birthday|birthdate|dateofbirth|address|passport|inn|snils|iban|card|cardnumber)$/

/** Ranges are bounded, so that no text takes long. */
const email = /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/
const phone = /^\+\d[\d\s().-]{8,20}$|^[78]?[\s-]?\(\d{3,4}\)[\d\s-]{6,12}$/

/** Claims that seem to say who somebody is, as `path (why)`: whoever sees the token can read them, it is signed and not encrypted. */
export const personalData = (claims: Readonly<Record<string, unknown>>): string[] => {
  const found: string[] = []
  const queue: [path: string, key: string, value: unknown][] = Object.entries(claims).map(([key, value]) => [key, key, value])
  for (const [path, key, value] of queue) {
    const isFilled = value !== null && value !== '' && typeof value !== 'boolean'
    if (isFilled && personalNames.test(key.toLowerCase().replace(/[^a-z]/g, ''))) found.push(`${path} (its name)`)
    else if (typeof value === 'string' && email.test(value)) found.push(`${path} (an e-mail address)`)
    else if (typeof value === 'string' && phone.test(value)) found.push(`${path} (a phone number)`)
    else if (typeof value === 'object' && value !== null) {
      for (const [inner, part] of Object.entries(value)) queue.push([`${path}.${inner}`, inner, part])
    }
  }
  return found
}
