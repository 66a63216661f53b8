package org.earnest.cli.command;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.earnest.core.chain.Caip10AccountId;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.identity.AgentId;
import org.earnest.core.identity.Did;
import org.earnest.credentials.agent.AgentCapability;
import org.earnest.credentials.agent.AgentCertification;
import org.earnest.credentials.agent.AgentRole;
import org.earnest.credentials.delegation.AgentDelegation;
import org.earnest.credentials.delegation.Mandate;
import org.earnest.credentials.delegation.ParentDigest;
import org.earnest.credentials.delegation.SpendLimit;
import org.earnest.kit.process.StartupException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** What a credential about an agent shall say. */
final class CredentialDraftOptions {
  /** What can be said. */
  enum Kind {
    capability,
    certification,
    role,
    delegation
  }

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description = "What is said of an agent: ${COMPLETION-CANDIDATES}.")
  private @Nullable Kind kind;

  @Option(names = "--subject", paramLabel = "DID", description = "Of whom: the agent's DID.")
  private @Nullable String subject;

  @Option(
      names = "--agent",
      paramLabel = "ID",
      description = "Its ERC-8004 registration too: eip155:8453:0x…:7.")
  private @Nullable String agent;

  @Option(
      names = "--capability",
      paramLabel = "NAME",
      description = "capability: what it can do, such as translation/de-en. May be repeated.")
  private List<String> capabilities = new ArrayList<>();

  @Option(
      names = "--standard",
      paramLabel = "NAME",
      description = "certification: what it was held against, such as \"ISO 26262\".")
  private @Nullable String standard;

  @Option(
      names = "--level",
      paramLabel = "NAME",
      description = "certification: the level within it, such as ASIL-B.")
  private @Nullable String level;

  @Option(names = "--role", paramLabel = "NAME", description = "role: what it is, such as buyer.")
  private @Nullable String role;

  @Option(
      names = "--organisation",
      paramLabel = "DID",
      description = "role: within whom. Default: the issuer.")
  private @Nullable String organisation;

  @Option(
      names = "--account",
      paramLabel = "CAIP-10",
      description = "delegation: with which it acts on chain: eip155:8453:0x….")
  private @Nullable String account;

  @Option(
      names = "--action",
      paramLabel = "NAME",
      description = "delegation: what it may do, such as deal/open. May be repeated.")
  private List<String> actions = new ArrayList<>();

  @Option(
      names = "--asset",
      paramLabel = "CAIP-19",
      description = "delegation: the token it may spend: eip155:8453/erc20:0x….")
  private @Nullable String asset;

  @Option(
      names = "--per-deal",
      paramLabel = "UNITS",
      description = "delegation: at most in one deal, in the token's atomic units.")
  private @Nullable BigInteger perDeal;

  @Option(
      names = "--per-day",
      paramLabel = "UNITS",
      description = "delegation: at most in any 24 hours.")
  private @Nullable BigInteger perDay;

  @Option(
      names = "--further-links",
      paramLabel = "N",
      defaultValue = "0",
      description = "delegation: how often it may be passed on, 0 to 7. Default: ${DEFAULT-VALUE}.")
  private int furtherLinks;

  @Option(
      names = "--parent",
      paramLabel = "DIGEST",
      description = "delegation: the digest of the one that the issuer acts under.")
  private @Nullable String parent;

  @Option(
      names = "--valid-days",
      paramLabel = "N",
      defaultValue = "90",
      description = "How long from now. Default: ${DEFAULT-VALUE}.")
  private int days;

  boolean isGiven() {
    return kind != null;
  }

  /**
   * The credential that says so.
   *
   * @param issuer where it is known here
   * @throws StartupException {@code claim_missing}, {@code claim_invalid}
   */
  ObjectNode credential(Optional<Did> issuer, Instant now) {
    try {
      Instant until = now.plus(Duration.ofDays(days));
      Did about = new Did(required(subject, "--subject"));
      return switch (required(kind, "--type")) {
        case capability -> new AgentCapability(about, agent(), some()).credential(now, until);
        case certification ->
            new AgentCertification(
                    about, agent(), required(standard, "--standard"), Optional.ofNullable(level))
                .credential(now, until);
        case role ->
            new AgentRole(
                    about,
                    required(role, "--role"),
                    optional(organisation, Did::new)
                        .or(() -> issuer)
                        .orElseThrow(() -> missing("--organisation")))
                .credential(now, until);
        case delegation -> delegation(about, now, until).credential();
      };
    } catch (IllegalArgumentException malformed) {
      throw new StartupException(
          "claim_invalid",
          "the credential cannot say that: " + malformed.getMessage(),
          "./earnest credential issue --help says how each option is written");
    }
  }

  private List<String> some() {
    required(capabilities.isEmpty() ? null : capabilities, "--capability");
    return capabilities;
  }

  private AgentDelegation delegation(Did about, Instant now, Instant until) {
    SpendLimit limit =
        new SpendLimit(
            Caip19AssetId.parse(required(asset, "--asset")),
            required(perDeal, "--per-deal"),
            required(perDay, "--per-day"));
    required(actions.isEmpty() ? null : actions, "--action");
    return new AgentDelegation(
        about,
        Caip10AccountId.parse(required(account, "--account")),
        new Mandate(new LinkedHashSet<>(actions), limit, furtherLinks, now, until),
        optional(parent, ParentDigest::new));
  }

  private Optional<AgentId> agent() {
    return optional(agent, AgentId::parse);
  }

  private static <T> Optional<T> optional(@Nullable String text, Function<String, T> reading) {
    return Optional.ofNullable(text).map(reading);
  }

  private static <T> T required(@Nullable T value, String option) {
    if (value == null) {
      throw missing(option);
    }
    return value;
  }

  private static StartupException missing(String option) {
    return new StartupException(
        "claim_missing", option + " is missing", "Say what the credential shall say with it");
  }
}
