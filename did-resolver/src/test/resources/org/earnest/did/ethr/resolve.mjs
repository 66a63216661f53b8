// Prints what the method's own resolver makes of each DID URL.
import { Resolver } from 'did-resolver'
import { getResolver } from 'ethr-did-resolver'

const [rpcUrl, registry, ...urls] = process.argv.slice(2)
const resolver = new Resolver(
  getResolver({ networks: [{ name: '0x7a69', chainId: 31337, rpcUrl, registry }] })
)
const results = []
for (const url of urls) {
  results.push(await resolver.resolve(url))
}
console.log(JSON.stringify(results))
process.exit(0)
