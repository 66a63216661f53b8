package org.earnest.cli.host;

import org.earnest.bindings.call.CreationCode;
import org.earnest.core.chain.EvmAddress;
import org.earnest.devnet.ChainControlRefusedException;
import org.earnest.devnet.DevChain;
import org.earnest.payments.channel.ChannelContracts;

/** The hub of channels on a development chain, where clients look for it on every chain. */
final class DevChannels {
  private DevChannels() {}

  /** Puts it there unless it is; a chain that is not ours to change is left as it is. */
  static void ensure(DevChain chain) {
    place(chain, ChannelContracts.HUB, CreationCode.channelHub());
    place(chain, ChannelContracts.COLLECTOR, CreationCode.depositCollector(ChannelContracts.HUB));
  }

  private static void place(DevChain chain, EvmAddress at, String creationCode) {
    try {
      chain.ensureCode(at, creationCode);
    } catch (ChainControlRefusedException shared) {
      // its owner decides what is there
    }
  }
}
