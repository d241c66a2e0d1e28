export type Lang = 'en' | 'ru'
