// npm start [-- FLAGS]: sets up, then runs `jivo-dev emulate` in this folder with those flags.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { root, setup } from './setup.mjs'

setup()
const emulator = spawn(process.execPath, [join(root, 'bin/jivo-dev.js'), 'emulate', ...process.argv.slice(2)], { stdio: 'inherit' })
for (const signal of ['SIGINT', 'SIGTERM']) {
  // Ctrl-C reaches the emulator by itself, for it shares our terminal; a signal to us alone has to be passed on.
  process.on(signal, () => {
    if (!process.stdin.isTTY) emulator.kill(signal)
  })
}
emulator.on('exit', (code, signal) => {
  process.exitCode = signal === null ? (code ?? 1) : 1
})
