package org.earnest.cli.host;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.earnest.bindings.crypto.ChecksumAddress;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.chain.EvmAddress;

/** What an operator of a facilitator needs to begin: what it moves, who pays, what to ask. */
public final class FacilitatorWelcome {
  private static final int ETHER_DECIMALS = 18;
  private static final int SHOWN_DECIMALS = 6;

  private final FacilitatorHost host;
  private final Map<EvmAddress, BigInteger> purses;

  public FacilitatorWelcome(FacilitatorHost host) {
    this.host = host;
    this.purses = host.purses();
  }

  /** For a person. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add("The facilitator is running on " + host.uri() + " for " + host.chain());
    lines.add("It moves");
    host.policy().assets().stream()
        .map(Caip19AssetId::toString)
        .sorted()
        .forEach(asset -> lines.add("  " + asset));
    lines.add(
        host.policy().payees().isEmpty()
            ? "to anybody; --payee names who alone may be paid."
            : "to the " + host.policy().payees().size() + " payees that were named.");
    operators().forEach(operator -> lines.add("and into escrow under " + operator));
    lines.add("Gas is paid by");
    purses.forEach(
        (account, wei) -> {
          String empty = wei.signum() == 0 ? "  (fill it, or nothing is settled)" : "";
          lines.add("  %s  %s%s".formatted(ChecksumAddress.of(account), ether(wei), empty));
        });
    lines.add("");
    lines.add("Try");
    lines.add("  curl " + host.uri() + "/supported");
    lines.add("  curl " + host.uri() + "/discovery/resources");
    lines.add("Give a seller this address as its facilitator. Ctrl-C ends it; the state stays.");
    return lines;
  }

  private List<String> operators() {
    return host.policy().operators().stream().map(ChecksumAddress::of).sorted().toList();
  }

  private static String ether(BigInteger wei) {
    return new BigDecimal(wei, ETHER_DECIMALS)
            .setScale(SHOWN_DECIMALS, RoundingMode.DOWN)
            .toPlainString()
        + " of the chain's coin";
  }

  /** For a program. */
  public Map<String, ?> figures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("ok", true);
    figures.put("url", host.uri().toString());
    figures.put("network", host.chain().toString());
    figures.put(
        "assets", host.policy().assets().stream().map(Caip19AssetId::toString).sorted().toList());
    figures.put("operators", operators());
    Map<String, String> wei = new TreeMap<>();
    purses.forEach((account, held) -> wei.put(ChecksumAddress.of(account), held.toString()));
    figures.put("relayersWei", wei);
    return figures;
  }
}
