// Preloaded: leaves the peak of the memory that the process held, in MiB, in PEAK_FILE.
import { writeFileSync } from 'node:fs'

process.on('exit', () => writeFileSync(process.env.PEAK_FILE, String(process.resourceUsage().maxRSS / 1024)))
