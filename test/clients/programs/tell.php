<?php

echo 'bot ', send('https://bot.jivosite.com' . getenv('BOT_PATH'), getenv('BOT_BODY'))[0], "\n";
echo 'chat ', send('https://wh.jivosite.com' . getenv('CHAT_PATH'), getenv('CHAT_BODY'))[0], "\n";
foreach (array_filter(explode(' ', (string) getenv('FOREIGN'))) as $url) {
    echo 'foreign ', send($url)[1], "\n";
}
