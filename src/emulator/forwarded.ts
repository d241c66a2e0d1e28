/**
 * What a request for one of Jivo's hosts carries when msw passed it on: the origin that it was for. A page may then read the
 * answer, which a page that asks by itself may not.
 */
export const forwardedFrom = 'x-jivo-dev-for'
