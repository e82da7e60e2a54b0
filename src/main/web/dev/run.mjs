import { createServer } from 'vite'
import { startFake } from './server.mjs'

/** `node dev/run.mjs` for Vite in front of the fake gateway, `--built` for the built console itself. */
const address = await startFake(Number(process.env.PORT ?? 0))
if (process.argv.includes('--built')) {
  console.log(`The built console: ${address} (lin or zhao, password demo)`)
} else {
  process.env.GUANJIA_API = address
  const vite = await createServer()
  await vite.listen()
  vite.printUrls()
  console.log('  Sign in as lin (agent) or zhao (supervisor), password demo')
}
