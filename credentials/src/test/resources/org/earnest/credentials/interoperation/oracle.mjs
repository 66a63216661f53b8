// Issues by each suite and key, and verifies what it is given: node oracle.mjs TASK.json
import * as EcdsaMultikey from '@digitalbazaar/ecdsa-multikey';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import * as vc from '@digitalbazaar/vc';
import * as eddsaJcs from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import * as ecdsaSd from '@digitalbazaar/ecdsa-sd-2023-cryptosuite';
import * as ecdsaJcs from '@digitalbazaar/ecdsa-jcs-2019-cryptosuite';
import {cryptosuite as eddsaRdfc} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {cryptosuite as ecdsaRdfc} from '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import multikeyContext from '@digitalbazaar/multikey-context';
import {named as vcContexts} from '@digitalbazaar/credentials-context';
import {readFileSync} from 'node:fs';

const task = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const contexts = new Map(Object.entries(task.contexts));
for (const id of ['v1', 'v2']) {
  contexts.set(vcContexts.get(id).id, vcContexts.get(id).context);
}
contexts.set(multikeyContext.constants.CONTEXT_URL, multikeyContext.CONTEXT);

const SIGN = {
  'eddsa-jcs-2022': () => eddsaJcs.createSignCryptosuite(),
  'ecdsa-jcs-2019': () => ecdsaJcs.createSignCryptosuite(),
  'eddsa-rdfc-2022': () => eddsaRdfc,
  'ecdsa-rdfc-2019': () => ecdsaRdfc,
};
const VERIFY = {
  ...SIGN,
  'eddsa-jcs-2022': () => eddsaJcs.createVerifyCryptosuite(),
  'ecdsa-jcs-2019': () => ecdsaJcs.createVerifyCryptosuite(),
};

const security = name =>
  ({'@id': `https://w3id.org/security#${name}`, '@type': '@id', '@container': '@set'});
const DID_CONTEXT = {
  id: '@id',
  type: '@type',
  verificationMethod: security('verificationMethod'),
  assertionMethod: security('assertionMethod'),
  authentication: security('authenticationMethod'),
};

function method(multibase) {
  const did = `did:key:${multibase}`;
  return {
    '@context': multikeyContext.constants.CONTEXT_URL,
    id: `${did}#${multibase}`,
    type: 'Multikey',
    controller: did,
    publicKeyMultibase: multibase,
  };
}

async function documentLoader(url) {
  if (contexts.has(url)) {
    return {documentUrl: url, document: contexts.get(url)};
  }
  if (url.startsWith('did:key:')) {
    const [did, fragment] = url.split('#');
    const key = method(did.slice('did:key:'.length));
    const document = fragment ? key : {
      '@context': DID_CONTEXT,
      id: did,
      verificationMethod: [key],
      assertionMethod: [key.id],
      authentication: [key.id],
    };
    return {documentUrl: url, document};
  }
  throw new Error(`unknown document ${url}`);
}

async function generate(curve) {
  const pair = curve === 'Ed25519' ?
    await Ed25519Multikey.generate() : await EcdsaMultikey.generate({curve});
  const {publicKeyMultibase} = await pair.export({publicKey: true});
  const {id, controller} = method(publicKeyMultibase);
  return Object.assign(pair, {id, controller});
}

const issued = [];
for (const {suite, curve} of task.issue) {
  const pair = await generate(curve);
  const credential = {...task.credential, issuer: pair.controller};
  const proof = () =>
    new DataIntegrityProof({signer: pair.signer(), cryptosuite: SIGN[suite](), date: task.date});
  const signed = await vc.issue({
    credential, suite: proof(), documentLoader, now: new Date(task.date),
  });
  const presentation = await vc.signPresentation({
    presentation: {
      '@context': ['https://www.w3.org/ns/credentials/v2'],
      type: ['VerifiablePresentation'],
      holder: pair.controller,
      verifiableCredential: [signed],
    },
    suite: proof(), documentLoader, challenge: task.challenge, domain: task.domain,
  });
  issued.push({suite, curve, credential: signed, presentation});
}

const verified = [];
for (const {suite, credential, presentation} of task.verify) {
  const checker = () => new DataIntegrityProof({cryptosuite: VERIFY[suite]()});
  const one = await vc.verifyCredential({
    credential, suite: checker(), documentLoader, now: new Date(task.date),
  });
  const other = await vc.verify({
    presentation, suite: checker(), documentLoader, challenge: task.challenge,
    domain: task.domain, now: new Date(task.date),
  });
  verified.push({
    suite,
    credential: one.verified,
    presentation: other.verified,
    error: [one, other].filter(x => x.error).map(x => JSON.stringify(x.error.errors ?? x.error.message)).join(),
  });
}

// Selective disclosure: base proofs and derived ones, each side from the other's too.
const {mandatoryPointers, selectivePointers} = task.disclosure;
const derive = verifiableCredential => vc.derive({
  verifiableCredential, documentLoader,
  suite: new DataIntegrityProof({
    cryptosuite: ecdsaSd.createDiscloseCryptosuite({selectivePointers}),
  }),
});
const pair = await generate('P-256');
const base = await vc.issue({
  credential: {...task.credential, issuer: pair.controller},
  suite: new DataIntegrityProof({
    signer: pair.signer(), date: task.date,
    cryptosuite: ecdsaSd.createSignCryptosuite({mandatoryPointers}),
  }),
  documentLoader, now: new Date(task.date),
});
const judged = [];
for (const credential of [task.disclosure.derived, await derive(task.disclosure.base)]) {
  const {verified, error} = await vc.verifyCredential({
    credential, documentLoader, now: new Date(task.date),
    suite: new DataIntegrityProof({cryptosuite: ecdsaSd.createVerifyCryptosuite()}),
  });
  judged.push({verified, credential, error: error && JSON.stringify(error.errors ?? error.message)});
}
const disclosed = {base, derived: await derive(base), judged};
console.log(JSON.stringify({issued, verified, disclosed}));
