package org.earnest.payments.client;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.earnest.bindings.call.TokenReads;
import org.earnest.bindings.eip712.PaymentInfo;
import org.earnest.bindings.eip712.Permit;
import org.earnest.bindings.eip712.Permit2Payment;
import org.earnest.bindings.eip712.Permit2Transfer;
import org.earnest.bindings.eip712.ReceiveWithAuthorization;
import org.earnest.bindings.eip712.TransferWithAuthorization;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.EvmSigner;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.Hex;
import org.earnest.payments.capture.CapturePayment;
import org.earnest.payments.capture.CaptureTerms;
import org.earnest.payments.exact.ExactRequirements;
import org.earnest.payments.exact.PaymentKey;
import org.earnest.payments.exact.PaymentTerms;
import org.earnest.payments.permit2.ByPermit2;
import org.earnest.payments.permit2.Permit2Requirements;
import org.earnest.payments.permit2.SponsoredPermit;
import org.earnest.payments.wire.ExactEvmPayload;
import org.earnest.payments.wire.Permit2Payload;
import tools.jackson.databind.node.ObjectNode;

/** Signs authorizations, each under a nonce of its own. */
final class PaymentSigner {
  /** So far back a payment is good, as the chain's clock may be behind. */
  static final Duration GOOD_BEFORE = Duration.ofMinutes(10);

  /** Permit2's deadline is good in its own second. */
  private static final Duration DEADLINE_INCLUDED = Duration.ofSeconds(1);

  private static final SecureRandom RANDOM = new SecureRandom();

  private final EvmSigner signer;

  PaymentSigner(EvmSigner signer) {
    this.signer = signer;
  }

  EvmAddress payer() {
    return signer.address();
  }

  /** A payment for an offer, with what names it. */
  Signed sign(PaymentTerms terms, Instant now, Duration lifetime) {
    Instant end = now.plus(lifetime);
    return switch (terms) {
      case ExactRequirements exact -> byToken(exact, now, end);
      case Permit2Requirements permit2 -> byPermit2(permit2, now, end);
      case CaptureTerms capture -> intoEscrow(capture, end);
      default -> throw new IllegalArgumentException("no way to pay " + terms);
    };
  }

  /**
   * What was signed.
   *
   * @param validBefore when it ends
   */
  record Signed(PaymentKey key, ObjectNode payload, Instant validBefore) {}

  private Signed byToken(ExactRequirements terms, Instant now, Instant end) {
    TransferWithAuthorization authorization =
        new TransferWithAuthorization(
            signer.address(),
            terms.payTo(),
            terms.price().atomicUnits(),
            beginning(now),
            BigInteger.valueOf(end.getEpochSecond()),
            nonce());
    byte[] signature = signer.sign(authorization.message(terms.domain()));
    ExactEvmPayload payload = new ExactEvmPayload(Hex.encode(signature), authorization);
    return new Signed(
        new PaymentKey(terms.price().asset(), payer(), authorization.nonce()),
        payload.toJson(),
        end);
  }

  private Signed byPermit2(Permit2Requirements terms, Instant now, Instant end) {
    Permit2Payment authorization =
        new Permit2Payment(
            signer.address(),
            terms.price().asset().token(),
            terms.price().atomicUnits(),
            new BigInteger(1, nonce().bytes()),
            BigInteger.valueOf(end.getEpochSecond()),
            terms.payTo(),
            terms.facilitator(),
            beginning(now));
    byte[] signature = signer.sign(authorization.message(terms.price().asset().chain()));
    Permit2Payload payload = Permit2Payload.of(authorization, signature);
    return new Signed(
        new ByPermit2(terms, payload, Optional.empty()).key(),
        payload.toJson(),
        end.plus(DEADLINE_INCLUDED));
  }

  /**
   * Whether Permit2 has to be permitted to fetch what a payment takes; not where that cannot be
   * done, as the token's domain is not told or the chain cannot be asked.
   */
  boolean needsPermit(PaymentTerms offer, ChainReader chain) {
    if (!(offer instanceof Permit2Requirements terms)
        || terms.token().isEmpty()
        || !chain.chainId().equals(terms.price().asset().chain())) {
      return false;
    }
    try {
      return new TokenReads(chain, terms.price().asset().token())
              .allowance(payer(), Permit2Transfer.PERMIT2, BlockTag.Named.LATEST)
              .compareTo(terms.price().atomicUnits())
          < 0;
    } catch (ChainUnavailableException away) {
      return false;
    }
  }

  /**
   * A permit for Permit2 over just what a payment may take; empty where none is needed, or the
   * chain cannot be asked.
   */
  Optional<SponsoredPermit> permit(PaymentTerms offer, ChainReader chain, Instant validBefore) {
    if (!(offer instanceof Permit2Requirements terms) || !needsPermit(offer, chain)) {
      return Optional.empty();
    }
    EvmAddress asset = terms.price().asset().token();
    try {
      Permit permit =
          new Permit(
              payer(),
              Permit2Transfer.PERMIT2,
              terms.price().atomicUnits(),
              new TokenReads(chain, asset).permitNonce(payer(), BlockTag.Named.LATEST),
              BigInteger.valueOf(validBefore.getEpochSecond()));
      byte[] signature = signer.sign(permit.message(terms.token().orElseThrow()));
      return Optional.of(new SponsoredPermit(asset, permit, Hex.encode(signature)));
    } catch (ChainUnavailableException away) {
      return Optional.empty();
    }
  }

  private Signed intoEscrow(CaptureTerms terms, Instant end) {
    Hash32 salt = nonce();
    PaymentInfo info =
        terms.payment(signer.address(), end.getEpochSecond(), new BigInteger(1, salt.bytes()));
    ReceiveWithAuthorization authorization =
        new ReceiveWithAuthorization(
            signer.address(),
            PaymentInfo.COLLECTOR,
            terms.price().atomicUnits(),
            BigInteger.ZERO,
            BigInteger.valueOf(end.getEpochSecond()),
            info.nonce(terms.price().asset().chain()));
    String signature = Hex.encode(signer.sign(authorization.message(terms.domain())));
    CapturePayment payment = new CapturePayment(terms, authorization, signature, salt);
    return new Signed(payment.key(), payment.toPayload(), end);
  }

  private static BigInteger beginning(Instant now) {
    return BigInteger.valueOf(Math.max(0, now.minus(GOOD_BEFORE).getEpochSecond()));
  }

  private static Hash32 nonce() {
    byte[] nonce = new byte[Hash32.BYTES];
    RANDOM.nextBytes(nonce);
    return Hash32.of(nonce);
  }
}
