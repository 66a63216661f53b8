package org.earnest.bench.gas;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.earnest.bindings.call.CreationCode;
import org.earnest.bindings.call.IdentityRegistryCalls;
import org.earnest.bindings.call.SignedDealCalls;
import org.earnest.bindings.call.TokenCalls;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.bindings.eip712.Eip712Domain;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.EvmAddress;
import org.earnest.devnet.DevChain;

/**
 * The contracts as they are shipped, and a token of the class that escrows of others are measured
 * with: the least that an EIP-3009 token costs.
 */
final class GasStage {
  static final LocalSigner CLIENT = named("client");
  static final LocalSigner PAYEE = named("payee");
  static final LocalSigner STANDBY = named("standby");
  static final LocalSigner ARBITER = named("arbiter");
  static final LocalSigner PLATFORM = named("platform");
  static final LocalSigner STRANGER = named("stranger");

  private static final String LEAN_TOKEN = "/LeanToken.bin";

  final GasChain chain;
  final EvmAddress identity;
  final EvmAddress reputation;
  final EvmAddress validation;
  final EvmAddress anchors;
  final EvmAddress escrow;
  final Eip712Domain lean;
  final Eip712Domain testUsdc;
  private BigInteger agents = BigInteger.ZERO;

  GasStage(DevChain node) {
    this.chain = new GasChain(node);
    this.identity = deploy(CreationCode.identityRegistry());
    this.reputation = deploy(CreationCode.reputationRegistry(identity));
    this.validation = deploy(CreationCode.validationRegistry(identity));
    this.anchors = deploy(CreationCode.credentialAnchor());
    this.escrow = deploy(CreationCode.dealEscrow(identity));
    this.lean = new Eip712Domain("Lean", "1", node.chainId(), deploy(leanToken()));
    this.testUsdc =
        new Eip712Domain("USD Coin", "2", node.chainId(), deploy(CreationCode.testUsdc()));
  }

  /** An account whose key is the hash of its name, which everybody knows. */
  static LocalSigner named(String name) {
    return LocalSigner.of(Keccak256.hash(name).bytes());
  }

  EvmAddress deploy(String creationCode) {
    return chain.deploy(PLATFORM, creationCode);
  }

  Spent send(LocalSigner from, ChainCall call) {
    return chain.send(from, call);
  }

  void mint(Eip712Domain token, LocalSigner to, BigInteger amount) {
    mint(token, to.address(), amount);
  }

  void mint(Eip712Domain token, EvmAddress to, BigInteger amount) {
    send(STRANGER, new TokenCalls(token.verifyingContract()).mint(to, amount));
  }

  /** Registers an agent, and gives its id: they are counted from 1. */
  BigInteger register(LocalSigner owner) {
    send(owner, new IdentityRegistryCalls(identity).register(""));
    agents = agents.add(BigInteger.ONE);
    return agents;
  }

  SignedDealCalls by(LocalSigner party) {
    return new SignedDealCalls(chain.node().chainId(), escrow, party);
  }

  /** Plays something from this state, and takes the chain back to it. */
  void play(Runnable scene) {
    BigInteger before = agents;
    chain.play(scene);
    agents = before;
  }

  private static String leanToken() {
    try (InputStream code = GasStage.class.getResourceAsStream(LEAN_TOKEN)) {
      if (code == null) {
        throw new IllegalStateException("no " + LEAN_TOKEN + " on the class path");
      }
      return "0x" + new String(code.readAllBytes(), StandardCharsets.US_ASCII).strip();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
