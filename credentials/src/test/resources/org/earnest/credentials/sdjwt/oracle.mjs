import {createPublicKey, createPrivateKey, sign, verify, randomBytes, createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {SDJwtInstance} from '@sd-jwt/core';
const input = JSON.parse(readFileSync(0, 'utf8'));
const raw = {dsaEncoding: 'ieee-p1363'};
const verifierOf = jwk => async (data, signature) =>
  verify('sha256', Buffer.from(data), {key: createPublicKey({key: jwk, format: 'jwk'}), ...raw}, Buffer.from(signature, 'base64url'));
const signerOf = jwk => async data =>
  sign('sha256', Buffer.from(data), {key: createPrivateKey({key: jwk, format: 'jwk'}), ...raw}).toString('base64url');
const hasher = (data, algorithm) => new Uint8Array(createHash(algorithm.replace('-', '')).update(data).digest());
const saltGenerator = length => randomBytes(length).toString('base64url');
if (input.verify) {
  const sdjwt = new SDJwtInstance({hasher, hashAlg: 'sha-256', verifier: verifierOf(input.issuerKey), kbVerifier: async (data, signature, payload) => verifierOf(payload.cnf.jwk)(data, signature)});
  const result = await sdjwt.verify(input.verify, {keyBindingNonce: input.nonce});
  console.log(JSON.stringify({claims: result.payload}));
} else {
  const sdjwt = new SDJwtInstance({hasher, hashAlg: 'sha-256', saltGenerator, signer: signerOf(input.issuerSecret), signAlg: 'ES256', kbSigner: signerOf(input.holderSecret), kbSignAlg: 'ES256'});
  const issued = await sdjwt.issue(input.claims, input.frame, {header: {typ: 'dc+sd-jwt', kid: input.kid}});
  const shown = await sdjwt.present(issued, input.shown, {kb: {payload: input.kb}});
  console.log(JSON.stringify({presented: shown}));
}
