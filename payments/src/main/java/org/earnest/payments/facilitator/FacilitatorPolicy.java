package org.earnest.payments.facilitator;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.payments.capture.CapturePayment;
import org.earnest.payments.exact.EvmPayment;
import org.earnest.payments.exact.ExactPayment;
import org.earnest.payments.exact.Reading;
import org.earnest.payments.exact.Reason;
import org.earnest.payments.exact.TransferMethod;

/**
 * For what a facilitator spends gas.
 *
 * @param assets tokens whose code the operator trusts; a hostile one could burn gas
 * @param payees who may be paid; empty for anybody
 * @param limits of what one account may take up
 * @param factories whose wallets are deployed for their payers; empty for nobody's
 * @param operators of scheme {@code auth-capture} whose code the operator of this facilitator
 *     trusts
 */
public record FacilitatorPolicy(
    Set<Caip19AssetId> assets,
    Set<EvmAddress> payees,
    FacilitatorLimits limits,
    Optional<WalletFactories> factories,
    Set<EvmAddress> operators) {
  public FacilitatorPolicy {
    assets = Set.copyOf(assets);
    payees = Set.copyOf(payees);
    operators = Set.copyOf(operators);
  }

  /** These tokens, to anybody. */
  public static FacilitatorPolicy ofAssets(Caip19AssetId... assets) {
    return new FacilitatorPolicy(
        Set.of(assets), Set.of(), FacilitatorLimits.DEFAULT, Optional.empty(), Set.of());
  }

  /** Why no gas is spent on moving this token to this payee; empty where it is. */
  public Optional<Reason> objection(EvmAddress token, EvmAddress payee) {
    if (assets.stream().noneMatch(asset -> asset.token().equals(token))) {
      return Optional.of(Reason.ASSET_NOT_ALLOWED);
    }
    return payees.isEmpty() || payees.contains(payee)
        ? Optional.empty()
        : Optional.of(Reason.PAYEE_NOT_ALLOWED);
  }

  /** The same, paying these alone. */
  public FacilitatorPolicy paying(Set<EvmAddress> only) {
    return new FacilitatorPolicy(assets, only, limits, factories, operators);
  }

  /** The same with other limits. */
  public FacilitatorPolicy within(FacilitatorLimits other) {
    return new FacilitatorPolicy(assets, payees, other, factories, operators);
  }

  /** The same, deploying the wallets of these. */
  public FacilitatorPolicy deploying(WalletFactories trusted) {
    return new FacilitatorPolicy(assets, payees, limits, Optional.of(trusted), operators);
  }

  /** The same, fetching payments for these operators too. */
  public FacilitatorPolicy admitting(EvmAddress... trusted) {
    Set<EvmAddress> all =
        Stream.concat(operators.stream(), Stream.of(trusted)).collect(Collectors.toSet());
    return new FacilitatorPolicy(assets, payees, limits, factories, all);
  }

  Reading<EvmPayment> judge(EvmPayment payment) {
    Caip19AssetId asset = payment.price().asset();
    if (!assets.contains(asset)) {
      return Reading.refused(
          Reason.ASSET_NOT_ALLOWED,
          "this facilitator does not move the token %s; it moves %s".formatted(asset, assets));
    }
    if (!payees.isEmpty() && !payees.contains(payment.payTo())) {
      return Reading.refused(Reason.PAYEE_NOT_ALLOWED, "this facilitator does not serve the payee");
    }
    if (payment.key().method() != TransferMethod.UPTO
        && payment.price().atomicUnits().signum() == 0) {
      // Keys cost nothing: each would have gas spent on it without having any money.
      return Reading.refused(Reason.PRICE_ZERO, "this facilitator spends no gas on moving nothing");
    }
    if (payment instanceof CapturePayment held && !operators.contains(held.terms().operator())) {
      return Reading.refused(
          Reason.CAPTURE_NOT_ADMITTED,
          "this facilitator does not serve the operator " + held.terms().operator());
    }
    if (payment instanceof ExactPayment exact && exact.deployment().isPresent()) {
      EvmAddress factory = exact.deployment().get().deployment().to();
      if (factories.filter(known -> known.allowed().contains(factory)).isEmpty()) {
        return Reading.refused(
            Reason.FACTORY_NOT_ALLOWED,
            "this facilitator does not deploy wallets of the factory " + factory);
      }
    }
    return new Reading.Understood<>(payment);
  }
}
