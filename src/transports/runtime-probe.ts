/** A program that makes one call to Jivo, in a language: what starts it, and the file that it may need. */
export interface Probe {
  /** What calls: the part of its standard library. */
  readonly client: string
  readonly words: readonly string[]
  /** To be written into the folder that the words name. */
  readonly file?: { readonly name: string; readonly text: string }
  /** It is compiled first. */
  readonly isSlow?: boolean
}

/** Nobody has this provider id: the emulator answers 401, and records it. */
const address = 'https://bot.jivosite.com/webhooks/jivodevdoctor00/probe'

const javascript = `require('node:https').request('${address}',{method:'POST'},r=>r.resume()).on('error',e=>{console.error(e.message);process.exitCode=1}).end('{}')`

const python = `import urllib.request, urllib.error
try:
    urllib.request.urlopen('${address}', b'{}', timeout=10)
except urllib.error.HTTPError:
    pass`

const php = `if (function_exists('curl_init')) {
  $c = curl_init('${address}');
  curl_setopt_array($c, [CURLOPT_POSTFIELDS => '{}', CURLOPT_RETURNTRANSFER => true]);
  if (curl_exec($c) === false) { fwrite(STDERR, curl_error($c)); exit(1); }
} else file_get_contents('${address}', false, stream_context_create(['http' => ['method' => 'POST', 'content' => '{}', 'ignore_errors' => true]]));`

const go = `package main

import (
	"log"
	"net/http"
	"strings"
)

func main() {
	answer, err := http.Post("${address}", "application/json", strings.NewReader("{}"))
	if err != nil {
		log.Fatal(err)
	}
	answer.Body.Close()
}
`

const java = `import java.net.URI;
import java.net.http.*;
class Probe {
  public static void main(String[] args) throws Exception {
    var request = HttpRequest.newBuilder(URI.create("${address}")).POST(HttpRequest.BodyPublishers.ofString("{}")).build();
    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());
  }
}
`

type Make = (program: string, folder: string, flags: readonly string[]) => Probe

/** Interpreters themselves, and programs that are written in their language, which are tried by the interpreter that the PATH has. */
const runtimes: readonly (readonly [own: RegExp, others: RegExp, interpreter: string, make: Make])[] = [
  [
    /^(node|nodejs)$/,
    /^(npm|npx|pnpm|yarn|tsx|ts-node|next|nuxt|vite|nest|jest|vitest|mocha)$/,
    'node',
    program => ({ client: 'node:https', words: [program, '-e', javascript] }),
  ],
  [
    /^(python|pypy)[\d.]*$/,
    /^(pytest|uvicorn|gunicorn|flask|django-admin|celery|poetry|pipenv|uv|tox|hatch)$/,
    'python3',
    (program, _, flags) => ({ client: 'urllib', words: [program, ...flags.filter(flag => /^-[A-Za-z]*[IE][A-Za-z]*$/.test(flag)), '-c', python] }),
  ],
  [/^php[\d.]*$/, /^(artisan|composer|phpunit|pest|symfony|wp|drush)$/, 'php', program => ({ client: 'curl or streams', words: [program, '-r', php] })],
  [
    /^(ruby|jruby)[\d.]*$/,
    /^(rails|bundle|rake|rspec|puma|rackup)$/,
    'ruby',
    program => ({ client: 'Net::HTTP', words: [program, '-e', `require 'net/http'; Net::HTTP.post(URI('${address}'), '{}')`] }),
  ],
  [
    /^go$/,
    /^(dlv|air)$/,
    'go',
    (program, folder) => ({ client: 'net/http', words: [program, 'run', `${folder}/main.go`], file: { name: 'main.go', text: go }, isSlow: true }),
  ],
  [
    /^java$/,
    /^(mvnw?|gradlew?|kotlin|sbt)$/,
    'java',
    (program, folder, flags) => ({
      client: 'HttpClient',
      words: [program, ...flags.filter(flag => flag.startsWith('-D')), `${folder}/Probe.java`],
      file: { name: 'Probe.java', text: java },
      isSlow: true,
    }),
  ],
  [/^curl$/, /^$/, 'curl', program => ({ client: 'curl', words: [program, '-sS', '-d', '{}', address] })],
  [/^wget$/, /^$/, 'wget', program => ({ client: 'wget', words: [program, '-q', '-O', '-', '--tries=1', '--post-data={}', address] })],
  [/^bunx?$/, /^$/, 'bun', program => ({ client: 'fetch', words: [program, '-e', `await fetch('${address}',{method:'POST',body:'{}'})`] })],
  [/^deno$/, /^$/, 'deno', program => ({ client: 'fetch', words: [program, 'eval', `await fetch('${address}',{method:'POST',body:'{}'})`] })],
]

/**
 * @param words the command as the user has it: what it says of the environment is kept, what it runs is not
 * @param name of its program, without folder and ending
 * @param at where among the words that program stands; -1 for nowhere
 * @param folder where the file of the probe will be
 */
export const probeOf = (words: readonly string[], name: string, at: number, folder: string): Probe | null => {
  for (const [own, others, interpreter, make] of runtimes) {
    if (others.test(name)) return make(interpreter, folder, [])
    if (!own.test(name)) continue
    const probe = make(words[at] ?? name, folder, words.slice(at + 1))
    return /(^|[/\\])env$/.test(words[0] ?? '') ? { ...probe, words: [...words.slice(0, at), ...probe.words] } : probe
  }
  return null
}
