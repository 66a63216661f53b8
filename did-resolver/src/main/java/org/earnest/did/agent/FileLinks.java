package org.earnest.did.agent;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.earnest.core.chain.Caip10AccountId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.identity.AgentClaims;
import org.earnest.core.identity.AgentClaims.DidClaim;
import org.earnest.core.identity.AgentFiles.Reading;
import org.earnest.core.identity.Did;

/** What the registry and the registration file say of each other. */
final class FileLinks {
  private FileLinks() {}

  static LinkFinding registered(RegisteredAgent agent) {
    return agent
        .owner()
        .map(owner -> LinkFinding.ok(AgentLink.AGENT_REGISTERED, "owned", "its owner is " + owner))
        .orElseGet(
            () ->
                LinkFinding.missing(
                    AgentLink.AGENT_REGISTERED,
                    "agent_unknown",
                    "the registry " + agent.id().registry() + " has no such agent",
                    "Look at the number, the registry and the chain"));
  }

  static LinkFinding file(Reading reading) {
    return switch (reading) {
      case Reading.Read read ->
          LinkFinding.ok(AgentLink.REGISTRY_NAMES_FILE, "file_read", "the file could be read");
      case Reading.Refused(String code, String detail) ->
          LinkFinding.missing(
              AgentLink.REGISTRY_NAMES_FILE,
              code,
              detail,
              "Publish a registration file at a public https, ipfs or data URI");
      case Reading.Unavailable(String code, String detail) ->
          LinkFinding.unknown(
              AgentLink.REGISTRY_NAMES_FILE, code, detail, "Try again; look at the file's host");
    };
  }

  static LinkFinding namesAgent(Optional<AgentClaims> claims, RegisteredAgent agent) {
    if (claims.isEmpty()) {
      return LinkFinding.waits(AgentLink.FILE_NAMES_AGENT, AgentLink.REGISTRY_NAMES_FILE);
    }
    if (claims.get().agents().contains(agent.id())) {
      return LinkFinding.ok(
          AgentLink.FILE_NAMES_AGENT, "agent_named", "the file names the agent back");
    }
    String remedy =
        "Add to the file's registrations: agentId "
            + agent.id().tokenId()
            + ", agentRegistry "
            + agent.id().registry();
    return claims.get().agents().isEmpty()
        ? LinkFinding.missing(
            AgentLink.FILE_NAMES_AGENT, "no_agent_named", "the file names no agent", remedy)
        : LinkFinding.contradicted(
            AgentLink.FILE_NAMES_AGENT,
            "other_agent_named",
            "the file names other agents and not this one",
            remedy);
  }

  /**
   * The claim that is looked at: of the wanted DID, or the first; where the file names that DID
   * twice, the one that was signed last.
   */
  static Optional<DidClaim> claim(AgentClaims claims, Optional<Did> wanted) {
    return wanted
        .map(Did::value)
        .or(() -> claims.dids().stream().findFirst().map(DidClaim::did))
        .flatMap(
            did ->
                claims.dids().stream()
                    .filter(one -> one.did().equals(did))
                    .reduce((one, next) -> signedAt(next).isAfter(signedAt(one)) ? next : one));
  }

  private static Instant signedAt(DidClaim claim) {
    return claim.ownerSignedAt().flatMap(DidLinks::time).orElse(Instant.MIN);
  }

  /** Empty where what the file names is no DID. */
  static Optional<Did> did(DidClaim claim) {
    try {
      return Optional.of(new Did(claim.did()));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  static LinkFinding namesDid(
      Optional<AgentClaims> claims, Optional<DidClaim> claim, Optional<Did> wanted) {
    AgentLink link = AgentLink.FILE_NAMES_DID;
    if (claims.isEmpty()) {
      return LinkFinding.waits(link, AgentLink.REGISTRY_NAMES_FILE);
    }
    if (claim.isEmpty()) {
      String remedy =
          "Add a service named DID to the file, whose endpoint is "
              + wanted.map(Did::value).orElse("the DID");
      return claims.get().dids().isEmpty()
          ? LinkFinding.missing(link, "no_did_named", "the file names no DID", remedy)
          : LinkFinding.contradicted(
              link, "other_did_named", "the file names other DIDs and not this one", remedy);
    }
    return did(claim.get())
        .map(did -> LinkFinding.ok(link, "did_named", named(claims.get(), did)))
        .orElseGet(
            () ->
                LinkFinding.contradicted(
                    link,
                    "did_malformed",
                    "what the file names as its DID is none",
                    "Write the endpoint as did:method:id"));
  }

  private static String named(AgentClaims claims, Did did) {
    int others = claims.dids().size() - 1;
    return "the file names " + did + (others == 0 ? "" : " and " + others + " more");
  }

  static LinkFinding wallet(RegisteredAgent agent, Optional<AgentClaims> claims) {
    AgentLink link = AgentLink.WALLET_AGREES;
    if (agent.owner().isEmpty()) {
      return LinkFinding.waits(link, AgentLink.AGENT_REGISTERED);
    }
    if (agent.wallet().isEmpty()) {
      return LinkFinding.missing(
          link,
          "wallet_not_set",
          "the registry has no wallet of the agent; a transfer takes it away",
          "Its owner calls setAgentWallet with the wallet's signature");
    }
    EvmAddress wallet = agent.wallet().get();
    if (claims.isEmpty()) {
      return LinkFinding.waits(link, AgentLink.REGISTRY_NAMES_FILE);
    }
    boolean agrees =
        claims.get().wallets().stream()
            .filter(named -> !isOnAnotherChain(named, agent))
            .allMatch(named -> isSame(named, agent, wallet));
    return agrees
        ? LinkFinding.ok(link, "wallet_set", "it is paid at " + wallet)
        : LinkFinding.contradicted(
            link,
            "other_wallet_named",
            "the file names another wallet than the registry's " + wallet,
            "Believe the registry; take the wallet out of the file, or set it there");
  }

  /** Agents of several chains name a wallet for each. */
  private static boolean isOnAnotherChain(String named, RegisteredAgent agent) {
    try {
      Caip10AccountId account = Caip10AccountId.parse(named.toLowerCase(Locale.ROOT));
      return !account.chain().equals(agent.id().registry().chain());
    } catch (IllegalArgumentException none) {
      return false;
    }
  }

  /** By CAIP-10, or the address alone. */
  private static boolean isSame(String named, RegisteredAgent agent, EvmAddress wallet) {
    String spelled = named.toLowerCase(Locale.ROOT);
    return spelled.equals(wallet.hex())
        || spelled.equals(new Caip10AccountId(agent.id().registry().chain(), wallet).toString());
  }
}
