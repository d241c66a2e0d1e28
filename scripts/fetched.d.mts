export const fetched: (name: string, version: string) => string
