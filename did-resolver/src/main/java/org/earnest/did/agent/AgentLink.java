package org.earnest.did.agent;

import java.util.Locale;

/** What has to hold for an agent and a DID to be one and the same. */
public enum AgentLink {
  /** The registry has the agent, and so its owner. */
  AGENT_REGISTERED,
  /** The registry's URI leads to a registration file. */
  REGISTRY_NAMES_FILE,
  /** The file names the agent back. */
  FILE_NAMES_AGENT,
  /** The file names the DID. */
  FILE_NAMES_DID,
  /** The DID has a document, and was not given up. */
  DID_RESOLVES,
  /** The document names the agent back, or the DID is the account that owns it. */
  DID_NAMES_AGENT,
  /** Who owns the agent has signed for the DID, or is the account that the DID stands for. */
  OWNER_ACCEPTS_DID,
  /** The document names the agent's wallet, or the wallet is the owner's own. */
  DID_NAMES_WALLET,
  /** The registry has the agent's wallet, and the file names no other. */
  WALLET_AGREES;

  /** Stable, lower snake case. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
