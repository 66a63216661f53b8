package org.earnest.devnet;

import java.util.List;
import java.util.stream.Stream;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.core.chain.EvmAddress;

/**
 * An account of the published test mnemonic ({@code test test … junk}), which anvil and Hardhat
 * fund alike. Its key is known to everybody: money sent to it on a public chain is lost.
 *
 * @param role what it plays here
 * @param privateKey the test key, {@code 0x} and 64 digits
 */
public record DevAccount(Role role, EvmAddress address, String privateKey) {
  /** All of them, in the order of the roles. */
  static final List<DevAccount> ALL = Stream.of(Role.values()).map(DevAccount::of).toList();

  /** Who an account plays; the order is the mnemonic's. */
  public enum Role {
    /** Deploys the contracts and gives out test money. */
    DEPLOYER("0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80"),
    /** Pays the gas of what others signed. */
    RELAYER("0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d"),
    /** Settles x402 payments. */
    FACILITATOR("0x5de4111afa1a4b94908f83103eb1f1706367c2e68ca870fc3fb9a804cdab365a"),
    BUYER("0x7c852118294e51e653712a81e05800f419141751be58f605c371e15141b007a6"),
    SELLER("0x47e179ec197488593b187f80a00eb0da91f1b9d0b13f8733639f19c30a34926a"),
    /** No party to any deal: anyone who calls what anyone may call. */
    STRANGER("0x8b3a350cf5c34c9194ca85829a2df0ec3153be0318b5e2d3348e872092edffba"),
    /** Free for your own tries, like the next; Earnest does nothing with it. */
    ARBITER("0x92db14e403b83dfe3df233f83dfa3a0d7096f21ca9b0d6d6b8d88b2b4ec1564e"),
    /** A wallet for an issuer of yours; the host's own issuer has an Ed25519 key and no wallet. */
    ISSUER("0x4bbbf85ce3377467afe5d46f804f221813b2bb87f24d81f60f1fcdbf7cbf4356");

    private final String testKey;

    Role(String testKey) {
      this.testKey = testKey;
    }
  }

  private static DevAccount of(Role role) {
    return new DevAccount(role, LocalSigner.of(role.testKey).address(), role.testKey);
  }

  public LocalSigner signer() {
    return LocalSigner.of(privateKey);
  }

  @Override
  public String toString() {
    return "DevAccount[" + role + ", " + address + "]";
  }
}
