package org.earnest.cli.host;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.earnest.bindings.call.TokenReads;
import org.earnest.bindings.crypto.ChecksumAddress;
import org.earnest.cli.report.Usdc;
import org.earnest.cli.site.DemoSite;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.EvmAddress;
import org.earnest.devnet.DevAccount;

/** What a developer needs to begin: where the house is, who has money, and what to type. */
public final class Welcome {
  private final EarnestHost host;

  public Welcome(EarnestHost host) {
    this.host = host;
  }

  /** For a person. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add("Earnest is running on " + host.uri());
    lines.add(
        "The chain is "
            + host.chain().name()
            + " ("
            + host.chain().chainId()
            + ") on "
            + host.chain().rpcUrl());
    lines.add("");
    lines.add("Accounts. These are published TEST keys: never use them on a public chain.");
    for (DevAccount account : host.chain().accounts()) {
      lines.add(
          String.format(
              "  %-12s %s  %s  %s",
              role(account),
              ChecksumAddress.of(account.address()),
              account.privateKey(),
              money(account)));
    }
    lines.add("");
    lines.add("Contracts");
    contracts().forEach((name, address) -> lines.add(String.format("  %-20s %s", name, address)));
    lines.add("");
    lines.add("Try");
    curls().forEach(line -> lines.add("  " + line));
    lines.add("");
    lines.add("Ctrl-C ends it; the state stays.");
    return lines;
  }

  /** For a program. */
  public Map<String, ?> figures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("ok", true);
    figures.put("url", host.uri().toString());
    figures.put("rpcUrl", host.chain().rpcUrl().toString());
    figures.put("chainId", host.chain().chainId().toString());
    figures.put("accounts", host.chain().accounts().stream().map(this::account).toList());
    figures.put("contracts", contracts());
    figures.put("curl", curls());
    return figures;
  }

  private Map<String, Object> account(DevAccount account) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("role", role(account));
    figures.put("address", ChecksumAddress.of(account.address()));
    figures.put("testPrivateKey", account.privateKey());
    figures.put("usdcAtomicUnits", balance(account).toString());
    return figures;
  }

  private Map<String, String> contracts() {
    Map<String, String> contracts = new LinkedHashMap<>();
    contracts.put("TestUSDC", text(host.contracts().usdc()));
    contracts.put("IdentityRegistry", text(host.contracts().identityRegistry()));
    contracts.put("ReputationRegistry", text(host.contracts().reputationRegistry()));
    contracts.put("ValidationRegistry", text(host.contracts().validationRegistry()));
    contracts.put("DealEscrow", text(host.contracts().dealEscrow()));
    contracts.put("EthereumDIDRegistry", text(host.contracts().didRegistry()));
    contracts.put("CredentialAnchor", text(host.contracts().credentialAnchor()));
    contracts.put("CallBatch", text(host.contracts().callBatch()));
    return contracts;
  }

  private List<String> curls() {
    return List.of(
        "curl " + host.uri() + "/1.0/identifiers/did:pkh:" + host.chain().chainId() + ":" + buyer(),
        "curl -i " + host.uri() + DemoSite.QUOTE,
        "curl '" + host.uri() + "/deals?party=" + buyer() + "'");
  }

  private EvmAddress buyer() {
    return host.chain().account(DevAccount.Role.BUYER).address();
  }

  private String money(DevAccount account) {
    return Usdc.text(balance(account));
  }

  private java.math.BigInteger balance(DevAccount account) {
    return new TokenReads(host.reader(), host.contracts().usdc())
        .balance(account.address(), BlockTag.Named.LATEST);
  }

  private static String text(EvmAddress address) {
    return ChecksumAddress.of(address);
  }

  private static String role(DevAccount account) {
    return account.role().name().toLowerCase(Locale.ROOT);
  }
}
