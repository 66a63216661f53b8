package org.earnest.cli.x402;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.earnest.bindings.crypto.ChecksumAddress;
import org.earnest.payments.server.Settling;

/** What whoever opens a shop needs to know, and to tell buyers. */
public final class ShopWelcome {
  private final Shop shop;

  public ShopWelcome(Shop shop) {
    this.shop = shop;
  }

  /** For a person. */
  public List<String> lines() {
    ShopPlan plan = shop.plan();
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add("The shop is open on " + shop.uri());
    lines.add(row("it sells", plan.forward().toString()));
    lines.add(
        row(
            "for",
            "%s %s per call (%s atomic units of %s)"
                .formatted(
                    plan.price(),
                    plan.token().symbol(),
                    plan.amount().atomicUnits(),
                    plan.token().asset())));
    lines.add(row("paid to", ChecksumAddress.of(plan.payTo())));
    lines.add(row("settled by", plan.facilitator().toString()));
    lines.add(row("money comes", comes(plan)));
    plan.ways()
        .metered()
        .ifPresent(
            sales -> lines.add(row("it costs", "what " + sales.chargeHeader() + " says, at most")));
    plan.ways()
        .escrow()
        .ifPresent(sales -> lines.add(row("operator", ChecksumAddress.of(sales.operator()))));
    plan.ways()
        .channels()
        .ifPresent(
            sales ->
                lines.add(
                    row(
                        "channels",
                        "claimed for by "
                            + ChecksumAddress.of(sales.authorizer().address())
                            + (plan.ways().exact() ? "" : ", not at once"))));
    plan.free().forEach(path -> lines.add(row("free", path)));
    lines.add(row("signed by", shop.seller().toString()));
    lines.add("");
    lines.add("A buyer runs");
    lines.add(
        "  ./earnest x402 pay %s/ --key KEYSTORE --max-price %s%s"
            .formatted(address(), plan.price(), leave(plan.ways())));
    lines.add("and whoever wants to see what buyers see");
    lines.add("  ./earnest x402 check " + address() + "/");
    lines.add("");
    lines.add("Ctrl-C closes it; what was paid for stays known.");
    return lines;
  }

  private static String comes(ShopPlan plan) {
    if (plan.ways().escrow().isPresent()) {
      return "into escrow before the answer is made, and here once nobody disputes it";
    }
    return plan.settling().flow() == Settling.Flow.UPFRONT
        ? "before the answer is made"
        : "before the answer goes";
  }

  private static String leave(ShopWays ways) {
    return ways.escrow()
        .map(sales -> " --operator " + ChecksumAddress.of(sales.operator()))
        .orElse(ways.channels().isPresent() ? " --channels" : "");
  }

  private static String row(String what, String value) {
    return "  %-12s %s".formatted(what, value);
  }

  private URI address() {
    return shop.plan().publicUri().orElse(shop.uri());
  }

  /** For a program. */
  public Map<String, Object> figures() {
    ShopPlan plan = shop.plan();
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("ok", true);
    figures.put("uri", shop.uri().toString());
    figures.put("forward", plan.forward().toString());
    figures.put("facilitator", plan.facilitator().toString());
    figures.put("amountAtomicUnits", plan.amount().atomicUnits().toString());
    figures.put("asset", plan.token().asset().toString());
    figures.put("payTo", ChecksumAddress.of(plan.payTo()));
    plan.ways().metered().ifPresent(sales -> figures.put("chargeHeader", sales.chargeHeader()));
    plan.ways()
        .escrow()
        .ifPresent(sales -> figures.put("operator", ChecksumAddress.of(sales.operator())));
    plan.ways()
        .channels()
        .ifPresent(
            sales ->
                figures.put(
                    "receiverAuthorizer", ChecksumAddress.of(sales.authorizer().address())));
    figures.put("seller", shop.seller().toString());
    figures.put("free", plan.free());
    return figures;
  }
}
