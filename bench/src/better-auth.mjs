// The library better-auth behind Node's own server, on SQLite, with its defaults except for what would refuse a load from one
// address. Started in the folder that holds its node_modules; PORT and DATABASE come from the environment.
import { createServer } from 'node:http'
import { betterAuth } from 'better-auth'
import { toNodeHandler } from 'better-auth/node'
import { getMigrations } from 'better-auth/db/migration'
import Sqlite from 'better-sqlite3'

const port = Number(process.env.PORT)
const database = new Sqlite(process.env.DATABASE)
database.pragma('journal_mode = WAL')
const auth = betterAuth({
  baseURL: `http://127.0.0.1:${port}`,
  secret: 'a secret that signs cookies of a bench and nothing else',
  database,
  emailAndPassword: { enabled: true },
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
})
const { runMigrations } = await getMigrations(auth.options)
await runMigrations()
const answer = toNodeHandler(auth)
createServer((request, response) => {
  if (request.url === '/') response.end('ready')
  else answer(request, response)
}).listen(port, '127.0.0.1')
