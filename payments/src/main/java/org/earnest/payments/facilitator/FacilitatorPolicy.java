package org.earnest.payments.facilitator;

import java.util.Set;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.payments.exact.EvmPayment;
import org.earnest.payments.exact.Reading;
import org.earnest.payments.exact.Reason;

/**
 * For what a facilitator spends gas.
 *
 * @param assets tokens whose code the operator trusts; a hostile one could burn gas
 * @param payees who may be paid; empty for anybody
 */
public record FacilitatorPolicy(Set<Caip19AssetId> assets, Set<EvmAddress> payees) {
  public FacilitatorPolicy {
    assets = Set.copyOf(assets);
    payees = Set.copyOf(payees);
  }

  /** These tokens, to anybody. */
  public static FacilitatorPolicy ofAssets(Caip19AssetId... assets) {
    return new FacilitatorPolicy(Set.of(assets), Set.of());
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
    return new Reading.Understood<>(payment);
  }
}
