package org.earnest.bindings.signer;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.earnest.bindings.call.CallBatchCalls;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.submission.SubmissionRequest;

/**
 * What one key may sign, whatever kind of signer holds it. An empty transaction of the account to
 * itself, which only spends a nonce, is bound by the fee's cap alone.
 *
 * @param allowed whom it may call or pay; nobody else
 * @param maxValue wei in one transaction
 * @param maxFee the most that one transaction may cost in gas, wei: gas limit times {@code
 *     maxFeePerGas}
 * @param dayBudget wei of value and highest fees in any 24 hours
 */
public record SigningPolicy(
    Map<EvmAddress, Allowed> allowed,
    BigInteger maxValue,
    BigInteger maxFee,
    BigInteger dayBudget) {
  private static final String EMPTY = "0x";
  private static final int SELECTOR_CHARS = 10;
  private static final String FUNCTION = "policy_function_not_allowed";

  public SigningPolicy {
    allowed = Map.copyOf(allowed);
  }

  /**
   * What may be sent to one address.
   *
   * @param selectors of functions, {@code 0x} and 8 digits in lower case (ABI specification)
   * @param transfers whether value may be sent without calldata
   */
  public record Allowed(Set<String> selectors, boolean transfers) {
    public Allowed {
      selectors = Set.copyOf(selectors);
    }
  }

  /**
   * Why it may not be signed.
   *
   * @param code {@code policy_contract_not_allowed}, {@code policy_function_not_allowed}, {@code
   *     policy_value_cap}, {@code policy_fee_cap} or {@code policy_day_budget}
   */
  public record Refusal(String code, String reason) {}

  /**
   * Reads a policy's file, {@link PolicyJson#FORM}.
   *
   * @throws IllegalArgumentException with a sentence that says what is wrong
   */
  public static SigningPolicy parse(byte[] json) {
    return PolicyJson.read(json);
  }

  /**
   * Reads a policy's file, and of one that is too long no more than it may have.
   *
   * @throws IllegalArgumentException with a sentence that says what is wrong
   * @throws IOException when it cannot be read
   */
  public static SigningPolicy read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return parse(in.readNBytes(PolicyJson.MAX_BYTES + 1));
    }
  }

  /** Whether the transaction does nothing but spend a nonce of this account. */
  public static boolean isIdle(EvmAddress account, SubmissionRequest request) {
    return request.to().equals(account)
        && request.value().signum() == 0
        && request.data().equals(EMPTY);
  }

  /**
   * By everything but the budget. Of a call to {@code execute} of a {@code CallBatch} each of its
   * calls must be allowed as well, and none may be a batch itself.
   *
   * @param fee the most that it may cost in gas, wei
   */
  public Optional<Refusal> refusal(EvmAddress account, SubmissionRequest request, BigInteger fee) {
    if (!isIdle(account, request)) {
      Optional<Refusal> call =
          callRefusal(request.to(), request.data()).or(() -> itemsRefusal(request));
      if (call.isPresent()) {
        return call;
      }
      if (request.value().compareTo(maxValue) > 0) {
        return refuse("policy_value_cap", request.value() + " wei are more than " + maxValue);
      }
    }
    return feeRefusal(fee);
  }

  /** By the fee alone. */
  public Optional<Refusal> feeRefusal(BigInteger fee) {
    return fee.compareTo(maxFee) <= 0
        ? Optional.empty()
        : refuse("policy_fee_cap", "it may cost " + fee + " wei in gas, more than " + maxFee);
  }

  /**
   * By the budget.
   *
   * @param committed wei, by what else was signed within a day
   * @param cost wei of value and highest fee
   */
  public Optional<Refusal> budgetRefusal(BigInteger committed, BigInteger cost) {
    return committed.add(cost).compareTo(dayBudget) <= 0
        ? Optional.empty()
        : refuse(
            "policy_day_budget",
            "%d wei of %d are committed for 24 hours, and this may cost %d"
                .formatted(committed, dayBudget, cost));
  }

  private Optional<Refusal> itemsRefusal(SubmissionRequest request) {
    if (!CallBatchCalls.isExecute(request.data())) {
      return Optional.empty();
    }
    return CallBatchCalls.items(request.data())
        .map(items -> items.stream().flatMap(item -> itemRefusal(item.call()).stream()).findFirst())
        .orElseGet(() -> refuse(FUNCTION, "the calls of a batch cannot be read"));
  }

  private Optional<Refusal> itemRefusal(ChainCall item) {
    return CallBatchCalls.isExecute(item.data())
        ? refuse(FUNCTION, "a batch is among the calls of a batch")
        : callRefusal(item.to(), item.data());
  }

  private Optional<Refusal> callRefusal(EvmAddress to, String data) {
    Allowed target = allowed.get(to);
    if (target == null) {
      return refuse("policy_contract_not_allowed", to + " is not among those it names");
    }
    boolean fits =
        data.equals(EMPTY)
            ? target.transfers()
            : data.length() >= SELECTOR_CHARS && target.selectors().contains(selector(data));
    return fits
        ? Optional.empty()
        : refuse(
            FUNCTION,
            (data.equals(EMPTY) ? "a plain transfer" : selector(data))
                + " is not allowed at "
                + to);
  }

  private static String selector(String data) {
    return data.substring(0, Math.min(data.length(), SELECTOR_CHARS)).toLowerCase(Locale.ROOT);
  }

  private static Optional<Refusal> refuse(String code, String reason) {
    return Optional.of(new Refusal(code, "the key's policy forbids it: " + reason));
  }
}
