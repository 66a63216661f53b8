package org.earnest.bench.reorg;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.earnest.bench.logs.SyntheticLog;
import org.earnest.bindings.contract.IdentityRegistry;
import org.earnest.core.chain.EvmAddress;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.Utf8String;

/** An agent is registered, moves its file, is sold, and gets a wallet from its new owner. */
final class AgentStory implements Story {
  private static final String WALLET_KEY = "agentWallet";
  private static final int OWNERS = 5;
  private static final int NEVER = AgentLives.SPAN + 1;
  private static final EvmAddress REGISTRY = AgentLives.IDENTITY;

  private final long agent;
  private final EvmAddress owner;
  private final EvmAddress buyer;
  private final int moves;
  private final int sold;
  private final int furnished;

  AgentStory(long agent, RandomGenerator random) {
    this.agent = agent;
    this.owner = EventLogs.account("0a", random.nextInt(OWNERS));
    this.buyer = EventLogs.account("0b", random.nextInt(OWNERS));
    this.moves = random.nextBoolean() ? random.nextInt(AgentLives.SPAN) : NEVER;
    this.sold = random.nextBoolean() ? 1 + random.nextInt(AgentLives.SPAN / 2) : NEVER;
    this.furnished = sold + 1 + random.nextInt(AgentLives.SPAN / 2);
  }

  @Override
  public List<SyntheticLog> on(int day, RandomGenerator random) {
    List<SyntheticLog> logs = new ArrayList<>();
    if (day == 0) {
      logs.add(transferred(EvmAddress.ZERO, owner));
      logs.add(wallet(owner.bytes()));
      logs.add(registered());
    }
    if (day == moves) {
      logs.add(
          EventLogs.of(
              REGISTRY,
              IdentityRegistry.URIUPDATED_EVENT,
              EventLogs.uint(agent),
              new Utf8String("https://agent.example/moved/" + random.nextInt() + "\0.json"),
              EventLogs.address(owner)));
    }
    if (day == sold) {
      logs.add(transferred(owner, buyer));
      logs.add(wallet(new byte[0]));
    }
    if (day == furnished && sold != NEVER) {
      logs.add(wallet(EventLogs.account("0c", random.nextInt(OWNERS)).bytes()));
    }
    return logs;
  }

  private SyntheticLog registered() {
    return EventLogs.of(
        REGISTRY,
        IdentityRegistry.REGISTERED_EVENT,
        EventLogs.uint(agent),
        new Utf8String("https://agent.example/%d/%s.json".formatted(agent, owner)),
        EventLogs.address(owner));
  }

  private SyntheticLog transferred(EvmAddress from, EvmAddress to) {
    return EventLogs.of(
        REGISTRY,
        IdentityRegistry.TRANSFER_EVENT,
        EventLogs.address(from),
        EventLogs.address(to),
        EventLogs.uint(agent));
  }

  private SyntheticLog wallet(byte[] account) {
    return EventLogs.of(
        REGISTRY,
        IdentityRegistry.METADATASET_EVENT,
        EventLogs.uint(agent),
        new Utf8String(WALLET_KEY),
        new Utf8String(WALLET_KEY),
        new DynamicBytes(account));
  }
}
