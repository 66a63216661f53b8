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
    lines.add("It follows " + contracts().chain() + " from block " + host.fromBlock());
    addresses().forEach((name, address) -> lines.add("  %-20s %s".formatted(name, address)));
    if (contracts().dealEscrow().isEmpty()) {
      lines.add("  There is no DealEscrow, and so nothing settled; --escrow names one.");
    }
    lines.add("");
    lines.add("Try");
    lines.add("  ./earnest agent list --url " + host.uri());
    lines.add("  curl " + host.uri() + "/status");
    lines.add("");
    lines.add("Ctrl-C ends it; the state stays.");
    return lines;
  }

  /** For a program. */
  public Map<String, ?> figures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("ok", true);
    figures.put("url", host.uri().toString());
    figures.put("chainId", contracts().chain().toString());
    figures.put("contracts", addresses());
    figures.put("fromBlock", host.fromBlock());
    return figures;
  }

  private FollowedContracts contracts() {
    return host.contracts();
  }

  private Map<String, String> addresses() {
    Map<String, String> addresses = new LinkedHashMap<>();
    addresses.put("IdentityRegistry", ChecksumAddress.of(contracts().identityRegistry()));
    addresses.put("ReputationRegistry", ChecksumAddress.of(contracts().reputationRegistry()));
    contracts()
        .dealEscrow()
        .ifPresent(escrow -> addresses.put("DealEscrow", ChecksumAddress.of(escrow)));
    return addresses;
  }
}
