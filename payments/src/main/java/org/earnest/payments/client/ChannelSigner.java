package org.earnest.payments.client;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.earnest.bindings.call.ChannelHubCalls;
import org.earnest.bindings.crypto.SignatureRecovery;
import org.earnest.bindings.eip712.ChannelConfig;
import org.earnest.bindings.eip712.ChannelVoucher;
import org.earnest.bindings.eip712.ReceiveWithAuthorization;
import org.earnest.core.chain.EvmSigner;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.Hex;
import org.earnest.payments.channel.ChannelContracts;
import org.earnest.payments.channel.ChannelTerms;
import org.earnest.payments.wire.ChannelPayload;
import org.earnest.payments.wire.PaymentRequired;
import org.earnest.payments.wire.PaymentRequirements;
import tools.jackson.databind.JsonNode;

/** Signs vouchers and deposits of channels, and reads what sellers say of them. */
final class ChannelSigner {
  private static final SecureRandom RANDOM = new SecureRandom();

  /** What sellers say when a voucher does not follow. */
  private static final String MISMATCH = "invalid_batch_settlement_evm_cumulative_amount_mismatch";

  private final EvmSigner signer;

  ChannelSigner(EvmSigner signer) {
    this.signer = signer;
  }

  /**
   * The channel from this account to this seller: one for each receiver, its authorizer, token and
   * delay, which is found again without any memory.
   */
  ChannelConfig channel(ChannelTerms terms) {
    return terms.channel(signer.address(), Hash32.ZERO);
  }

  /**
   * A payment.
   *
   * @param max the voucher's amount
   * @param deposit what is put into the channel before; zero for nothing
   */
  ChannelPayload sign(
      ChannelTerms terms, BigInteger max, BigInteger deposit, Instant now, Duration lifetime) {
    ChannelConfig channel = channel(terms);
    ChannelPayload.Voucher voucher = voucher(terms, channel, max);
    if (deposit.signum() == 0) {
      return new ChannelPayload.Pay(channel, voucher);
    }
    byte[] random = new byte[Hash32.BYTES];
    RANDOM.nextBytes(random);
    BigInteger salt = new BigInteger(1, random);
    ReceiveWithAuthorization authorization =
        new ReceiveWithAuthorization(
            signer.address(),
            ChannelContracts.COLLECTOR,
            deposit,
            BigInteger.valueOf(Math.max(0, now.minus(PaymentSigner.GOOD_BEFORE).getEpochSecond())),
            BigInteger.valueOf(now.plus(lifetime).getEpochSecond()),
            ChannelHubCalls.depositNonce(voucher.channelId(), salt));
    return new ChannelPayload.Deposit(
        channel,
        voucher,
        deposit,
        authorization.validAfter(),
        authorization.validBefore(),
        salt,
        Hex.encode(signer.sign(authorization.message(terms.token()))));
  }

  /** A voucher that buys nothing, by which the rest is asked for. */
  ChannelPayload.Refund refund(ChannelTerms terms, BigInteger cursor) {
    ChannelConfig channel = channel(terms);
    return new ChannelPayload.Refund(channel, voucher(terms, channel, cursor), Optional.empty());
  }

  private ChannelPayload.Voucher voucher(
      ChannelTerms terms, ChannelConfig channel, BigInteger max) {
    Hash32 id = channel.id(ChannelContracts.domain(terms.chain()));
    byte[] message = new ChannelVoucher(id, max).message(ChannelContracts.domain(terms.chain()));
    return new ChannelPayload.Voucher(id, max, Hex.encode(signer.sign(message)));
  }

  /**
   * The channel as a seller says that it stands, if it can show our own signature for that much. A
   * seller that takes one voucher after the other may stand lower than what was signed, after a
   * call that failed: the next voucher then is for no more than the refused one.
   *
   * @param turn in which it refused a voucher
   * @return empty as well where the proof says nothing new, or where the channel would hold less
   *     than is remembered
   */
  Optional<Purse> corrected(ChannelTurn turn, ChannelTerms terms, PaymentRequired required) {
    if (required.error().filter(MISMATCH::equals).isEmpty()) {
      return Optional.empty();
    }
    return required.accepts().stream()
        .filter(offer -> ChannelTerms.read(offer).filter(terms::equals).isPresent())
        .findFirst()
        .flatMap(offer -> shown(turn, terms, offer));
  }

  private Optional<Purse> shown(ChannelTurn turn, ChannelTerms terms, PaymentRequirements offer) {
    Purse purse = turn.purse();
    JsonNode state = offer.extra().path("channelState");
    JsonNode voucher = offer.extra().path("voucherState");
    try {
      BigInteger paid = number(state, "chargedCumulativeAmount");
      BigInteger signed = number(voucher, "signedMaxClaimable");
      Hash32 digest =
          new ChannelVoucher(purse.id(), signed).digest(ChannelContracts.domain(terms.chain()));
      byte[] signature = Hex.decode(voucher.path("signature").asString(""));
      boolean ours =
          SignatureRecovery.recover(digest, signature).filter(signer.address()::equals).isPresent();
      boolean news =
          purse.isEmpty() || signed.compareTo(turn.max()) > 0 || paid.compareTo(purse.cursor()) < 0;
      BigInteger balance = number(state, "balance");
      return ours && news && paid.compareTo(signed) <= 0 && balance.compareTo(purse.balance()) >= 0
          ? Optional.of(purse.corrected(balance, paid))
          : Optional.empty();
    } catch (IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }

  private static BigInteger number(JsonNode json, String name) {
    String text = json.path(name).asString("");
    if (!text.matches("[0-9]{1,38}")) {
      throw new IllegalArgumentException(name);
    }
    return new BigInteger(text);
  }
}
