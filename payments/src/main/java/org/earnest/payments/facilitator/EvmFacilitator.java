package org.earnest.payments.facilitator;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.submission.FinalBlock;
import org.earnest.core.submission.Finality;
import org.earnest.payments.capture.CaptureTerms;
import org.earnest.payments.channel.ChannelPayment;
import org.earnest.payments.channel.ChannelTerms;
import org.earnest.payments.exact.ExactRequirements;
import org.earnest.payments.exact.TransferMethod;
import org.earnest.payments.permit2.Permit2Requirements;
import org.earnest.payments.permit2.SponsoredPermit;
import org.earnest.payments.wire.FacilitatorRequest;
import org.earnest.payments.wire.PaymentHeaders;
import org.earnest.payments.wire.SettleResponse;
import org.earnest.payments.wire.SupportedResponse;
import org.earnest.payments.wire.VerifyResponse;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A facilitator for one EVM chain, in this process. */
public final class EvmFacilitator implements Facilitator {
  /** How long a settlement is waited for; below the time a host gives a request. */
  public static final Duration PATIENCE = Duration.ofSeconds(20);

  private final ChainReader chain;
  private final FacilitatorPolicy policy;
  private final Relayers relayers;
  private final ChainChecks checks;
  private final PaymentVerifier verifier;
  private final Settler settler;
  private final ChannelFacilitator channels;
  private final Duration patience;

  /**
   * Wires one.
   *
   * @param relayers pay the gas
   * @param finality when a settlement is told for good; the same as the submitter's
   * @param clock the time by which authorizations are judged, the chain's where it may differ
   * @param patience how long to wait for a transaction at most before {@code settlement_pending}
   */
  public EvmFacilitator(
      ChainReader chain,
      Relayers relayers,
      Settlements settlements,
      FacilitatorPolicy policy,
      Finality finality,
      InstantSource clock,
      Duration patience) {
    this.chain = chain;
    this.policy = policy;
    this.relayers = relayers;
    this.checks = new ChainChecks(chain, relayers, policy.factories());
    this.verifier = new PaymentVerifier(policy, checks, relayers.single().sender(), clock);
    FinalBlock last = new FinalBlock(chain, finality);
    Quotas quotas = new Quotas(policy.limits(), clock);
    this.settler =
        new Settler(
            verifier,
            settlements,
            new Sending(relayers, checks, quotas),
            new Rejections(chain, last),
            last);
    this.channels = new ChannelFacilitator(chain, relayers.single(), policy, quotas, clock);
    this.patience = patience;
  }

  @Override
  public VerifyResponse verify(FacilitatorRequest request) {
    return asking(
        () ->
            ChannelPayment.isFor(request)
                ? channels.verify(request)
                : response(settler.verify(request)));
  }

  @Override
  public SettleResponse settle(FacilitatorRequest request, Duration given) {
    Duration wait = given.compareTo(patience) < 0 ? given : patience;
    return asking(
        () ->
            ChannelPayment.isFor(request)
                ? channels.settle(request, wait)
                : settler.settle(request, wait));
  }

  @Override
  public SupportedResponse supported() {
    String network = chain.chainId().toString();
    List<SupportedResponse.Kind> kinds = new ArrayList<>();
    kinds.add(SupportedResponse.Kind.of(ExactRequirements.SCHEME, network));
    boolean upto = asking(() -> checks.serves(TransferMethod.UPTO));
    boolean byPermit2 = upto || asking(() -> checks.serves(TransferMethod.PERMIT2));
    if (upto) {
      kinds.add(
          SupportedResponse.Kind.of(Permit2Requirements.UPTO, network)
              .with("facilitatorAddress", relayers.single().sender().hex()));
    }
    if (!policy.operators().isEmpty()) {
      kinds.add(captures(network));
    }
    if (channels.isThere()) {
      kinds.add(SupportedResponse.Kind.of(ChannelTerms.SCHEME, network));
    }
    SupportedResponse told =
        SupportedResponse.of(
            kinds, Map.of("eip155:*", relayers.senders().stream().map(EvmAddress::hex).toList()));
    return byPermit2
        ? SponsoredPermit.supported(told, asking(() -> checks.permitting(policy.assets())))
        : told;
  }

  private SupportedResponse.Kind captures(String network) {
    ObjectNode extra = JsonNodeFactory.instance.objectNode();
    ArrayNode admitted = extra.putArray("operators");
    policy.operators().stream()
        .map(EvmAddress::hex)
        .sorted()
        .forEach(
            operator ->
                admitted
                    .addObject()
                    .put("address", operator)
                    .put("operatorType", CaptureTerms.CUSTOM));
    return new SupportedResponse.Kind(
        PaymentHeaders.X402_VERSION, CaptureTerms.SCHEME, network, extra);
  }

  /**
   * A settlement by its id, as the chain shows it now. Sends nothing.
   *
   * @return empty where none was begun
   * @throws FacilitatorUnavailableException when the chain cannot be asked
   */
  public Optional<Settlement> settlement(Hash32 id) {
    return asking(() -> settler.find(id));
  }

  @Override
  public Optional<SettlementState> standing(Hash32 id) {
    return asking(() -> settler.pushed(id)).map(Settlement::state);
  }

  private static VerifyResponse response(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Valid valid -> VerifyResponse.valid(valid.verified().payment().payer().hex());
      case Verdict.Invalid invalid ->
          VerifyResponse.invalid(
              invalid.reason().code(), invalid.detail(), invalid.payer().map(EvmAddress::hex));
    };
  }

  private static <T> T asking(Supplier<T> question) {
    try {
      return question.get();
    } catch (ChainUnavailableException unavailable) {
      throw new FacilitatorUnavailableException("the chain cannot be asked", unavailable);
    }
  }
}
