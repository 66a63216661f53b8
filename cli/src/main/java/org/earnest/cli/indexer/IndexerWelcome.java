package org.earnest.cli.indexer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.earnest.bindings.crypto.ChecksumAddress;
import org.earnest.reputation.chain.FollowedContracts;

/** What an operator needs to begin: what is followed, and what to ask. */
public final class IndexerWelcome {
  private final IndexerHost host;

  public IndexerWelcome(IndexerHost host) {
    this.host = host;
  }

  /** For a person. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add("The indexer is running on " + host.uri());
    host.chains().forEach(one -> lines.addAll(lines(one)));
    lines.add("");
    lines.add("Try");
    lines.add("  ./earnest agent list --url " + host.uri() + choice());
    lines.add("  curl " + host.uri() + "/status");
    lines.add("");
    lines.add("Ctrl-C ends it; the state stays.");
    return lines;
  }

  private static List<String> lines(FollowedChain one) {
    List<String> lines = new ArrayList<>();
    lines.add("It follows " + one.chain() + " from block " + one.fromBlock());
    addresses(one.contracts())
        .forEach((name, address) -> lines.add("  %-20s %s".formatted(name, address)));
    if (one.contracts().dealEscrow().isEmpty()) {
      lines.add("  There is no DealEscrow, and so nothing settled; --escrow names one.");
    }
    return lines;
  }

  private String choice() {
    return host.chains().size() == 1
        ? ""
        : " --chain " + host.chains().getFirst().chain().reference();
  }

  /** For a program. */
  public Map<String, ?> figures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("ok", true);
    figures.put("url", host.uri().toString());
    if (host.chains().size() == 1) {
      figures.putAll(figures(host.chains().getFirst()));
    } else {
      figures.put("chains", host.chains().stream().map(IndexerWelcome::figures).toList());
    }
    return figures;
  }

  private static Map<String, Object> figures(FollowedChain one) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("chainId", one.chain().toString());
    figures.put("contracts", addresses(one.contracts()));
    figures.put("fromBlock", one.fromBlock());
    return figures;
  }

  private static Map<String, String> addresses(FollowedContracts contracts) {
    Map<String, String> addresses = new LinkedHashMap<>();
    addresses.put("IdentityRegistry", ChecksumAddress.of(contracts.identityRegistry()));
    addresses.put("ReputationRegistry", ChecksumAddress.of(contracts.reputationRegistry()));
    contracts
        .validationRegistry()
        .ifPresent(registry -> addresses.put("ValidationRegistry", ChecksumAddress.of(registry)));
    contracts
        .dealEscrow()
        .ifPresent(escrow -> addresses.put("DealEscrow", ChecksumAddress.of(escrow)));
    return addresses;
  }
}
