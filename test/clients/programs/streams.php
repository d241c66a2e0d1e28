<?php

function send(string $url, ?string $body = null): array
{
    $post = ['method' => 'POST', 'header' => 'Content-Type: application/json; charset=utf-8', 'content' => $body];
    $text = @file_get_contents($url, false, stream_context_create(['http' => $body === null ? [] : $post]));
    // Streams fail on every status of 400 and above.
    return [$text === false ? 0 : 200, $text === false ? 'refused' : trim($text)];
}

require __DIR__ . '/tell.php';
