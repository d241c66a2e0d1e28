<?php

// Leads PHP's https streams to Jivo's hosts to the intercept port of jivo-dev: PHP reads no proxy from the environment, and
// a call with a context of its own, as every POST is, has no use for a default one. Other hosts get PHP's own wrapper.

namespace JivoDev;

final class HttpsStream
{
    /** @var resource|null */
    public $context;
    /** @var resource|null */
    private $stream;

    public function stream_open(string $path, string $mode, int $options, ?string &$opened): bool
    {
        $host = strtolower((string) parse_url($path, PHP_URL_HOST));
        $port = parse_url($path, PHP_URL_PORT) ?: 443;
        $context = $this->context ?? stream_context_get_default();
        if ($port === 443 && in_array($host, explode(',', (string) getenv('JIVO_DEV_INTERCEPT_HOSTS')), true)) {
            // A copy: the caller may use its context for other hosts.
            $context = stream_context_create(stream_context_get_options($context));
            stream_context_set_option($context, 'http', 'proxy', 'tcp://127.0.0.1:' . getenv('JIVO_DEV_INTERCEPT_PORT'));
            stream_context_set_option($context, 'ssl', 'cafile', getenv('JIVO_DEV_INTERCEPT_CA'));
        }
        stream_wrapper_restore('https');
        try {
            $stream = fopen($path, $mode, (bool) ($options & STREAM_USE_PATH), $context);
        } finally {
            self::register();
        }
        if ($stream === false) {
            return false;
        }
        $this->stream = $stream;
        return true;
    }

    public function stream_read(int $count)
    {
        return fread($this->stream, $count);
    }

    public function stream_eof(): bool
    {
        return feof($this->stream);
    }

    public function stream_stat()
    {
        return fstat($this->stream);
    }

    public function stream_set_option(int $option, int $first, int $second): bool
    {
        if ($option === STREAM_OPTION_BLOCKING) {
            return stream_set_blocking($this->stream, (bool) $first);
        }
        return $option === STREAM_OPTION_READ_TIMEOUT && stream_set_timeout($this->stream, $first, $second);
    }

    /** @return resource */
    public function stream_cast(int $as)
    {
        return $this->stream;
    }

    public function stream_close(): void
    {
        fclose($this->stream);
    }

    public static function register(): void
    {
        stream_wrapper_unregister('https');
        stream_wrapper_register('https', self::class, STREAM_IS_URL);
    }
}

if (getenv('JIVO_DEV_INTERCEPT_PORT') !== false && in_array('https', stream_get_wrappers(), true)) {
    HttpsStream::register();
}
