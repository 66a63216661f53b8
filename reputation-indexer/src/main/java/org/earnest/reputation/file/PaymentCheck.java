package org.earnest.reputation.file;

import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.earnest.bindings.event.Decoding;
import org.earnest.bindings.event.EventDecoder;
import org.earnest.bindings.event.TokenEvent.Transferred;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.chain.ChainLog;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.SentTransaction;
import org.earnest.core.chain.TokenAmount;
import org.earnest.core.chain.TransactionReceipt;
import org.earnest.reputation.file.PaymentVerdict.Unknown;
import org.earnest.reputation.file.PaymentVerdict.Verified;
import org.earnest.reputation.file.PaymentVerdict.Wrong;

/**
 * Holds a claimed payment against the transaction that it names. ERC-8004 leaves open what proves
 * one; here the feedback's client must have paid an account that is or was the agent's, no later
 * than the feedback's block, in the chain's own coin or a token that is worth something to us:
 * anybody can make a token that says it moved.
 */
public final class PaymentCheck {
  /** Codes of what waiting does not mend. */
  public static final String CHAIN_NOT_FOLLOWED = "chain_not_followed";

  public static final String TOKEN_NOT_KNOWN = "token_not_known";

  /** The coin that code sends on in its course leaves no log. */
  public static final String COIN_NOT_TRACED = "coin_not_traced";

  /** Codes of what may be mended by waiting. */
  public static final String TRANSACTION_UNKNOWN = "transaction_unknown";

  public static final String CHAIN_UNAVAILABLE = "chain_unavailable";

  private static final String NO_CODE = "0x";

  private final ChainReader chain;
  private final Set<EvmAddress> tokens;

  /**
   * A check on one chain.
   *
   * @param tokens whose transfers are payments
   */
  public PaymentCheck(ChainReader chain, Set<EvmAddress> tokens) {
    this.chain = chain;
    this.tokens = Set.copyOf(tokens);
  }

  /**
   * Whose feedback it is.
   *
   * @param agentAccounts owners and wallets that the agent has had up to then
   * @param block of the feedback
   * @param transaction that gave the feedback
   */
  public record Parties(
      EvmAddress client, Set<EvmAddress> agentAccounts, long block, Hash32 transaction) {
    public Parties {
      agentAccounts = Set.copyOf(agentAccounts);
    }
  }

  public PaymentVerdict judge(FeedbackFile.Payment payment, Parties parties) {
    return switch (payment) {
      case FeedbackFile.Payment.None none -> new PaymentVerdict.Absent();
      case FeedbackFile.Payment.Senseless senseless ->
          new Wrong("claim_malformed", "fromAddress, toAddress, chainId and txHash are expected.");
      case FeedbackFile.Payment.Claimed claimed -> judge(claimed.claim(), parties);
    };
  }

  /**
   * What is left of a verdict that no later look can change. A node that does not show the
   * feedback's own transaction has forgotten others, too.
   */
  public PaymentVerdict last(PaymentVerdict verdict, Parties parties) {
    if (!(verdict instanceof Unknown unknown && unknown.code().equals(TRANSACTION_UNKNOWN))) {
      return verdict;
    }
    try {
      return chain.receipt(parties.transaction()).isPresent()
          ? new Wrong(
              "transaction_not_found", "The node had no such transaction however often asked.")
          : verdict;
    } catch (ChainUnavailableException unavailable) {
      return unanswered();
    }
  }

  private PaymentVerdict judge(PaymentClaim claim, Parties parties) {
    if (!claim.chain().equals(chain.chainId())) {
      return new Unknown(CHAIN_NOT_FOLLOWED, claim.chain() + " is not read here.");
    }
    if (!claim.from().equals(parties.client())) {
      return new Wrong("payer_not_client", "fromAddress is not who gave the feedback.");
    }
    if (parties.agentAccounts().contains(parties.client())) {
      return new Wrong("payer_is_agent", "Who gave the feedback is or was the agent itself.");
    }
    if (!parties.agentAccounts().contains(claim.to())) {
      return new Wrong("payee_not_agent", "toAddress never was the agent's owner or wallet.");
    }
    try {
      return chain
          .receipt(claim.transaction())
          .filter(receipt -> receipt.transaction().equals(claim.transaction()))
          .map(receipt -> judge(receipt, claim, parties.block()))
          .orElseGet(() -> new Unknown(TRANSACTION_UNKNOWN, "The node has no such transaction."));
    } catch (ChainUnavailableException unavailable) {
      return unanswered();
    }
  }

  private PaymentVerdict judge(TransactionReceipt receipt, PaymentClaim claim, long block) {
    if (!receipt.succeeded()) {
      return new Wrong("transaction_reverted", "The transaction was reverted.");
    }
    if (receipt.block().number() > block) {
      return new Wrong("paid_afterwards", "The transaction is younger than the feedback.");
    }
    return paid(receipt, claim)
        .<PaymentVerdict>map(
            amount ->
                new Verified(
                    receipt.transaction(), Optional.of(amount.asset()), amount.atomicUnits()))
        .orElseGet(() -> otherwise(receipt, claim));
  }

  private static PaymentVerdict unanswered() {
    return new Unknown(CHAIN_UNAVAILABLE, "The chain did not answer.");
  }

  private PaymentVerdict otherwise(TransactionReceipt receipt, PaymentClaim claim) {
    return chain
        .transaction(claim.transaction())
        .filter(sent -> sent.hash().equals(claim.transaction()))
        .filter(sent -> sent.from().equals(receipt.from()))
        .map(sent -> inCoin(sent, claim).orElseGet(() -> inOthers(receipt, sent, claim)))
        .orElseGet(PaymentCheck::unanswered);
  }

  private static Optional<PaymentVerdict> inCoin(SentTransaction sent, PaymentClaim claim) {
    boolean paid =
        sent.from().equals(claim.from())
            && sent.to().filter(claim.to()::equals).isPresent()
            && sent.value().signum() > 0;
    return paid
        ? Optional.of(new Verified(sent.hash(), Optional.empty(), sent.value()))
        : Optional.empty();
  }

  private PaymentVerdict inOthers(
      TransactionReceipt receipt, SentTransaction sent, PaymentClaim claim) {
    if (receipt.logs().stream().anyMatch(log -> moved(log, claim).signum() > 0)) {
      return new Unknown(TOKEN_NOT_KNOWN, "It moves a token of which nothing is known here.");
    }
    return sent.from().equals(claim.from())
            && sent.value().signum() == 0
            && !mayRunCode(sent, receipt.block().number())
        ? new Wrong("nothing_paid", "The transaction moves nothing from the one to the other.")
        : new Unknown(
            COIN_NOT_TRACED, "What code sends on of the chain's own coin is not seen here.");
  }

  /**
   * An account that delegated to code (EIP-7702) pays in a transaction that brings nothing along.
   */
  private boolean mayRunCode(SentTransaction sent, long block) {
    return sent.to()
        .filter(to -> !to.equals(sent.from()))
        .map(to -> mayHaveCode(to, block) || mayHaveCode(sent.from(), block))
        .orElse(true);
  }

  private boolean mayHaveCode(EvmAddress account, long block) {
    if (!chain.code(account, BlockTag.Named.LATEST).equals(NO_CODE)) {
      return true;
    }
    try {
      return !chain.code(account, new BlockTag.Height(block)).equals(NO_CODE);
    } catch (ChainUnavailableException dropped) {
      // The node answers for the newest block only: what was there then cannot be ruled out.
      return true;
    }
  }

  /** The largest sum of one token, where several moved. */
  private Optional<TokenAmount> paid(TransactionReceipt receipt, PaymentClaim claim) {
    Map<EvmAddress, BigInteger> sums =
        receipt.logs().stream()
            .filter(log -> tokens.contains(log.address()))
            .collect(
                Collectors.groupingBy(
                    ChainLog::address,
                    Collectors.reducing(
                        BigInteger.ZERO, log -> moved(log, claim), BigInteger::add)));
    return sums.entrySet().stream()
        .filter(sum -> sum.getValue().signum() > 0)
        .max(Map.Entry.<EvmAddress, BigInteger>comparingByValue())
        .map(
            sum ->
                new TokenAmount(new Caip19AssetId(chain.chainId(), sum.getKey()), sum.getValue()));
  }

  private static BigInteger moved(ChainLog log, PaymentClaim claim) {
    Predicate<Transferred> between =
        moved -> moved.from().equals(claim.from()) && moved.to().equals(claim.to());
    return Optional.of(EventDecoder.decode(log))
        .filter(Decoding.Decoded.class::isInstance)
        .map(decoding -> ((Decoding.Decoded) decoding).event())
        .filter(Transferred.class::isInstance)
        .map(Transferred.class::cast)
        .filter(between)
        .map(Transferred::amount)
        .orElse(BigInteger.ZERO);
  }
}
