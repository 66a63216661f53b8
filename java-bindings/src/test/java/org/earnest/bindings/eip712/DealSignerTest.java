package org.earnest.bindings.eip712;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Map;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.bindings.crypto.SignatureRecovery;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.EvmSigner;
import org.earnest.core.chain.Hash32;
import org.earnest.core.deal.DealId;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.Division;
import org.earnest.core.deal.LegState;
import org.junit.jupiter.api.Test;

/** What a signer of messages signs is of the digests that the typed data says. */
final class DealSignerTest {
  private static final long SEED = 65;
  private static final Caip2ChainId CHAIN = Caip2ChainId.eip155(8453);

  private final RandomTerms random = new RandomTerms(SEED);
  private final LocalSigner key = LocalSigner.random();

  /** One that can sign nothing but messages, as a remote one. */
  private final EvmSigner remote =
      new EvmSigner() {
        @Override
        public EvmAddress address() {
          return key.address();
        }

        @Override
        public byte[] sign(byte[] message) {
          assertThat(message).hasSize(66).startsWith(0x19, 0x01);
          return key.sign(message);
        }
      };

  @Test
  void everySignatureIsOfItsDigest() {
    for (int i = 0; i < 20; i++) {
      EvmAddress escrow = random.address();
      EvmAddress token = random.address();
      DealSigner signer = new DealSigner(CHAIN, escrow, remote);
      DealTypedData typed = new DealTypedData(CHAIN, escrow);
      DealTerms terms = random.next(1 + i % 3);
      DealId id = typed.dealId(terms);
      Hash32 hash = random.hash();
      Division division = new Division(random.uint(128), random.uint(128), i);
      BigInteger number = random.uint(256);
      Eip712Domain domain = new Eip712Domain("USD Coin", "2", CHAIN, token);
      ReceiveWithAuthorization leave =
          new ReceiveWithAuthorization(key.address(), escrow, number, number, number, hash);
      Permit permit = new Permit(key.address(), escrow, number, number, number);
      Permit2Transfer permit2 = new Permit2Transfer(token, number, escrow, number, number, hash);
      Vote vote = new Vote(id, 0, Vote.Stance.ENDORSE, 7, hash);
      Map.ofEntries(
              Map.entry(id.digest(), signer.consent(terms)),
              Map.entry(typed.deliver(id, 0, hash, key.address()), signer.deliver(terms, 0, hash)),
              Map.entry(typed.accept(id, 0, i), signer.accept(terms, 0, i)),
              Map.entry(typed.substitute(id, 0), signer.substitute(terms, 0)),
              Map.entry(typed.dispute(id, 0, true, hash), signer.dispute(terms, 0, true, hash)),
              Map.entry(
                  typed.settle(id, 0, LegState.DISPUTED, token, division),
                  signer.settle(terms, 0, LegState.DISPUTED, token, division)),
              Map.entry(typed.rate(id, 0, false, i), signer.rate(terms, 0, false, i)),
              Map.entry(leave.digest(domain), signer.authorize(leave, domain)),
              Map.entry(permit.digest(domain), signer.permit(permit, domain)),
              Map.entry(permit2.digest(CHAIN), signer.permit2(permit2)),
              Map.entry(vote.digest(CHAIN, token), signer.vote(vote, token)))
          .forEach(
              (digest, signature) ->
                  assertThat(SignatureRecovery.recover(digest, signature)).contains(key.address()));
    }
  }
}
