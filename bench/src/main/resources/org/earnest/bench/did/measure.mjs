// Prints what npm's resolvers take for each resolution, in microseconds of this process' CPU.
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { driver } from '@digitalbazaar/did-method-key'
import { CachedResolver } from '@digitalbazaar/did-io'
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey'
import { Resolver } from 'did-resolver'
import { getResolver as getKeyResolver } from 'key-did-resolver'

const [file, warmUpMs, roundMs] = process.argv.slice(2)
const asked = JSON.parse(readFileSync(file, 'utf8'))

// The web's part is an answer that is at hand: a text that has yet to be read.
const require = createRequire(import.meta.url)
const fetchPath = require.resolve('cross-fetch')
const hosts = new Map(Object.entries(asked.documents))
require.cache[fetchPath] = {
  id: fetchPath, filename: fetchPath, loaded: true,
  exports: async url => ({ status: 200, json: async () => JSON.parse(hosts.get(url)) })
}
const { getResolver: getWebResolver } = require('web-did-resolver')

const methods = () => ({ ...getKeyResolver(), ...getWebResolver() })
const fresh = new Resolver(methods())
const remembering = new Resolver(methods(), { cache: true })
const keys = driver()
keys.use({ multibaseMultikeyHeader: 'z6Mk', fromMultibase: Ed25519Multikey.from })
const io = new CachedResolver()
io.use(keys)

const viaResolver = resolver => async did => {
  const result = await resolver.resolve(did)
  if (result.didResolutionMetadata.error || result.didDocument.id !== did) throw new Error(did)
}
const viaDriver = source => async did => {
  if ((await source.get({ did })).id !== did) throw new Error(did)
}
const peers = remembered => remembered
  ? { 'did-resolver': viaResolver(remembering), 'did-io': viaDriver(io) }
  : { 'did-resolver': viaResolver(fresh), 'did-method-key': viaDriver(keys) }

async function during(ms, resolve, dids) {
  const begin = process.hrtime.bigint()
  const cpu = process.cpuUsage()
  let count = 0
  do {
    for (const did of dids) await resolve(did)
    count += dids.length
  } while (Number(process.hrtime.bigint() - begin) < ms * 1e6)
  const used = process.cpuUsage(cpu)
  return { micros: (used.user + used.system) / count }
}

const figures = {}
for (const { question, dids, remembered } of asked.questions) {
  figures[question] = {}
  for (const [peer, resolve] of Object.entries(peers(remembered))) {
    try {
      await during(Number(warmUpMs), resolve, dids)
    } catch {
      continue // it does not know this kind of DID
    }
    figures[question][peer] = await during(Number(roundMs), resolve, dids)
  }
}
console.log(JSON.stringify(figures))
