<?php

// A Jivo bot of PHP's standard library alone, run by PHP's built-in server. README.md says how to start it.

declare(strict_types=1);

const GREETING = ['type' => 'TEXT', 'text' => 'Hello! I am a bot. Write "menu", "price" or "agent".'];
const HINT = ['type' => 'TEXT', 'text' => 'I know only these words: menu, price, agent.'];
const NOBODY_HERE = ['type' => 'TEXT', 'text' => 'Nobody is here right now. Leave your e-mail or phone, and we will write back.'];

// 'text' beside a title or a content is for channels without buttons or markup.
const MENU = [
    'type' => 'BUTTONS',
    'title' => 'What would you like to know?',
    'text' => 'Delivery / Returns / Opening hours',
    'buttons' => [
        ['id' => '1', 'text' => 'Delivery'],
        ['id' => '2', 'text' => 'Returns'],
        ['id' => '3', 'text' => 'Opening hours'],
    ],
];
const PRICE = [
    'type' => 'MARKDOWN',
    'content' => 'The **Birch kettle** costs **2 490 ₽**.',
    'text' => 'The Birch kettle costs 2 490 ₽.',
];

// The first pattern that fits decides. A pressed button comes back as its text, so pressing and typing are one.
const ANSWERS = [
    '/\b(agent|operator|(агент|оператор)(а|у|ом)?)\b/iu' => 'INVITE_AGENT',
    '/\b(menu|меню)\b/iu' => MENU,
    '/\b(price|цен[аыу])\b/iu' => PRICE,
    '/\bdelivery\b/iu' => ['type' => 'TEXT', 'text' => 'Delivery takes two days and is free from 5 000 ₽.'],
    '/\breturns\b/iu' => ['type' => 'TEXT', 'text' => 'Returns are taken within 14 days.'],
    '/\bopening hours\b/iu' => ['type' => 'TEXT', 'text' => 'We are open every day from 9 to 21.'],
];

main();

function main(): void
{
    // Jivo signs nothing: the token in the path is all that shows who asks.
    if (!hash_equals('/jivo/' . setting('JIVO_TOKEN'), $_SERVER['REQUEST_URI'])) {
        refuse(401, 'invalid_client', 'The token in the path is wrong.');
        return;
    }
    if ($_SERVER['REQUEST_METHOD'] !== 'POST') {
        refuse(405, 'invalid_request', 'Events come as POST.');
        return;
    }
    $event = parse(file_get_contents('php://input'));
    if ($event === null) {
        refuse(400, 'invalid_request', 'The body is not a JSON object with an event and a chat_id.');
        return;
    }
    // At once: Jivo waits 3 s. What the bot says goes by a request of its own.
    answer(200, new stdClass());
    handle($event);
}

function setting(string $name): string
{
    $value = (string) getenv($name);
    if ($value === '') {
        line("$name is not set. README.md shows how to start the bot.");
        refuse(500, 'not_configured', "$name is not set.");
        exit;
    }
    return $value;
}

function handle(array $event): void
{
    ['event' => $name, 'id' => $id, 'chat_id' => $chat] = $event;
    $memory = recall();
    // Jivo sends an event up to three times.
    if (in_array($id, $memory['heard'], true)) {
        line("$name of chat $chat came again");
        return;
    }
    line("$name of chat $chat");
    $owner = $memory['chats'][$chat] ?? null;
    if ($id !== '') {
        $memory['heard'][] = $id;
    }
    if ($name === 'AGENT_JOINED') {
        $memory['chats'][$chat] = 'agent';
    }
    if ($name === 'CLIENT_MESSAGE' && $owner === null) {
        $memory['chats'][$chat] = 'bot';
    }
    if ($name === 'CHAT_CLOSED') {
        unset($memory['chats'][$chat]);
    }
    remember($memory);
    if ($owner === 'agent') {
        return;
    }
    if ($name === 'AGENT_UNAVAILABLE') {
        say($event, NOBODY_HERE);
    }
    if ($name === 'CLIENT_MESSAGE') {
        say($event, answerTo($event['text']) ?? ($owner === null ? GREETING : HINT));
    }
}

function answerTo(string $text): array|string|null
{
    foreach (ANSWERS as $pattern => $answer) {
        if (preg_match($pattern, $text) === 1) {
            return $answer;
        }
    }
    return null;
}

/** Tells Jivo. A failure is printed: the client can still write again. */
function say(array $event, array|string $answer): void
{
    $ids = ['id' => bin2hex(random_bytes(16)), 'client_id' => $event['client_id'], 'chat_id' => $event['chat_id']];
    $body = $answer === 'INVITE_AGENT'
        ? ['event' => $answer] + $ids
        : ['event' => 'BOT_MESSAGE'] + $ids + ['message' => $answer + ['timestamp' => time()]];
    $jivo = (getenv('JIVO_URL') ?: 'http://127.0.0.1:7410') . '/webhooks/' . setting('JIVO_PROVIDER_ID') . '/' . setting('JIVO_TOKEN');
    $request = stream_context_create(['http' => [
        'method' => 'POST',
        'header' => ['Content-Type: application/json', 'Connection: close'],
        'content' => json_encode($body),
        'timeout' => 10,
        'ignore_errors' => true,
    ]]);
    $response = @fopen($jivo, 'r', false, $request);
    if ($response === false) {
        // PHP's own message would print the token.
        line("{$body['event']} did not reach Jivo");
        return;
    }
    $status = stream_get_meta_data($response)['wrapper_data'][0] ?? '';
    if (preg_match('/ 2\d\d\b/', $status) !== 1) {
        line("Jivo answered $status to {$body['event']}: " . stream_get_contents($response));
    }
}

/** The log of the built-in server names every path, and the token with it: `-q` switches it off, and error_log() too. */
function line(string $text): void
{
    file_put_contents('php://stderr', "$text\n");
}

/** What the bot reads of an event, or null when the body is not one. */
function parse(string $body): ?array
{
    $given = json_decode($body, true);
    if (!is_array($given)) {
        return null;
    }
    $event = [];
    foreach (['event', 'id', 'client_id', 'chat_id'] as $key) {
        $event[$key] = string($given[$key] ?? '');
    }
    $message = $given['message'] ?? null;
    $event['text'] = string(is_array($message) ? $message['text'] ?? '' : '');
    return $event['event'] === '' || $event['chat_id'] === '' ? null : $event;
}

/** Ids go back as strings, whatever they came as: Jivo wants strings. */
function string(mixed $value): string
{
    return is_string($value) || is_int($value) ? (string) $value : '';
}

function refuse(int $status, string $code, string $message): void
{
    answer($status, ['error' => ['code' => $code, 'message' => $message]]);
}

/** The length ends the answer for who reads it: the script may go on. */
function answer(int $status, array|object $body): void
{
    $data = json_encode($body);
    http_response_code($status);
    header('Content-Type: application/json');
    header('Content-Length: ' . strlen($data));
    echo $data;
    while (ob_get_level() > 0) {
        ob_end_flush();
    }
    flush();
    ignore_user_abort(true);
}

/** PHP forgets everything after a request, so the bot writes down who has each chat and which events it has heard. */
function recall(): array
{
    $text = @file_get_contents(memoryFile());
    return $text === false ? ['chats' => [], 'heard' => []] : json_decode($text, true);
}

function remember(array $memory): void
{
    // The oldest goes: repeats come within seconds.
    $memory['heard'] = array_slice($memory['heard'], -1000);
    file_put_contents(memoryFile(), json_encode($memory));
}

/** One file for each start: the built-in server is one process, and handles one request after another. */
function memoryFile(): string
{
    return sys_get_temp_dir() . '/jivo-bot-' . getmypid() . '.json';
}
