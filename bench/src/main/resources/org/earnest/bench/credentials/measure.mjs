// Prints what npm's libraries take for each credential, in microseconds of this process' CPU.
import * as EcdsaMultikey from '@digitalbazaar/ecdsa-multikey'
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey'
import * as vc from '@digitalbazaar/vc'
import * as eddsaJcs from '@digitalbazaar/eddsa-jcs-2022-cryptosuite'
import * as ecdsaJcs from '@digitalbazaar/ecdsa-jcs-2019-cryptosuite'
import { cryptosuite as eddsaRdfc } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite'
import { cryptosuite as ecdsaRdfc } from '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite'
import { DataIntegrityProof } from '@digitalbazaar/data-integrity'
import multikeyContext from '@digitalbazaar/multikey-context'
import { named as vcContexts } from '@digitalbazaar/credentials-context'
import { EdDSASigner } from 'did-jwt'
import { createVerifiableCredentialJwt, verifyCredential } from 'did-jwt-vc'
import { Resolver } from 'did-resolver'
import { getResolver as getKeyResolver } from 'key-did-resolver'
import { readFileSync } from 'node:fs'

const [file, warmUpMs, roundMs] = process.argv.slice(2)
const task = JSON.parse(readFileSync(file, 'utf8'))

const contexts = new Map(Object.entries(task.contexts).map(([url, text]) => [url, JSON.parse(text)]))
contexts.set(vcContexts.get('v2').id, vcContexts.get('v2').context)
contexts.set(multikeyContext.constants.CONTEXT_URL, multikeyContext.CONTEXT)

const SIGN = {
  'eddsa-jcs-2022': () => eddsaJcs.createSignCryptosuite(),
  'ecdsa-jcs-2019': () => ecdsaJcs.createSignCryptosuite(),
  'eddsa-rdfc-2022': () => eddsaRdfc,
  'ecdsa-rdfc-2019': () => ecdsaRdfc
}
const VERIFY = {
  ...SIGN,
  'eddsa-jcs-2022': () => eddsaJcs.createVerifyCryptosuite(),
  'ecdsa-jcs-2019': () => ecdsaJcs.createVerifyCryptosuite()
}

const security = name =>
  ({ '@id': `https://w3id.org/security#${name}`, '@type': '@id', '@container': '@set' })
const DID_CONTEXT = {
  id: '@id',
  type: '@type',
  verificationMethod: security('verificationMethod'),
  assertionMethod: security('assertionMethod')
}

function method(multibase) {
  const did = `did:key:${multibase}`
  return {
    '@context': multikeyContext.constants.CONTEXT_URL,
    id: `${did}#${multibase}`,
    type: 'Multikey',
    controller: did,
    publicKeyMultibase: multibase
  }
}

async function documentLoader(url) {
  if (contexts.has(url)) return { documentUrl: url, document: contexts.get(url) }
  if (!url.startsWith('did:key:')) throw new Error(`unknown document ${url}`)
  const [did, fragment] = url.split('#')
  const key = method(did.slice('did:key:'.length))
  const document = fragment
    ? key
    : { '@context': DID_CONTEXT, id: did, verificationMethod: [key], assertionMethod: [key.id] }
  return { documentUrl: url, document }
}

async function pair(suite) {
  const made = suite.startsWith('eddsa')
    ? await Ed25519Multikey.generate()
    : await EcdsaMultikey.generate({ curve: 'P-256' })
  const { publicKeyMultibase } = await made.export({ publicKey: true })
  const { id, controller } = method(publicKeyMultibase)
  return Object.assign(made, { id, controller })
}

async function digitalBazaar({ suite, verify }) {
  if (verify) {
    return async credential => {
      const checker = new DataIntegrityProof({ cryptosuite: VERIFY[suite]() })
      const answer = await vc.verifyCredential({ credential, suite: checker, documentLoader })
      if (!answer.verified) throw answer.error
    }
  }
  const keys = await pair(suite)
  return async unsecured => {
    const proof = new DataIntegrityProof({ signer: keys.signer(), cryptosuite: SIGN[suite]() })
    const credential = { ...unsecured, issuer: keys.controller }
    await vc.issue({ credential, suite: proof, documentLoader })
  }
}

async function didJwtVc({ verify }) {
  const keys = await pair('eddsa')
  const { secretKeyMultibase } = await keys.export({ secretKey: true })
  const { base58btc } = await import('multiformats/bases/base58')
  const secret = base58btc.decode(secretKeyMultibase).slice(2, 34)
  const issuer = { did: keys.controller, signer: EdDSASigner(secret), alg: 'EdDSA' }
  const payload = {
    sub: task.subject.id,
    nbf: 1735689600,
    vc: {
      '@context': ['https://www.w3.org/2018/credentials/v1'],
      type: ['VerifiableCredential', 'AlumniCredential'],
      credentialSubject: task.subject
    }
  }
  const issue = () => createVerifiableCredentialJwt(payload, issuer)
  if (!verify) return issue
  const resolver = new Resolver(getKeyResolver(), { cache: true })
  const jwt = await issue()
  return async () => {
    if (!(await verifyCredential(jwt, resolver)).verified) throw new Error('not verified')
  }
}

async function during(ms, perform, credentials) {
  const begin = process.hrtime.bigint()
  const cpu = process.cpuUsage()
  let count = 0
  do {
    for (const credential of credentials) await perform(credential)
    count += credentials.length
  } while (Number(process.hrtime.bigint() - begin) < ms * 1e6)
  const used = process.cpuUsage(cpu)
  return { micros: (used.user + used.system) / count }
}

const figures = {}
for (const asked of task.questions) {
  const [peer, perform] = asked.suite === 'jwt'
    ? ['did-jwt-vc', await didJwtVc(asked)]
    : ['digitalbazaar/vc', await digitalBazaar(asked)]
  await during(Number(warmUpMs), perform, asked.credentials)
  figures[asked.question] = { [peer]: await during(Number(roundMs), perform, asked.credentials) }
}
console.log(JSON.stringify(figures))
