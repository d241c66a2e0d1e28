/** What all the programs do, with a client of their own. */
export const tell = async send => {
  const { BOT_PATH, BOT_BODY, CHAT_PATH, CHAT_BODY, FOREIGN = '' } = process.env
  console.log(`bot ${(await send(`https://bot.jivosite.com${BOT_PATH}`, BOT_BODY)).status}`)
  console.log(`chat ${(await send(`https://wh.jivosite.com${CHAT_PATH}`, CHAT_BODY)).status}`)
  for (const url of FOREIGN.split(' ').filter(Boolean)) {
    try {
      console.log(`foreign ${(await send(url)).text.trim()}`)
    } catch {
      console.log('foreign refused')
    }
  }
}
