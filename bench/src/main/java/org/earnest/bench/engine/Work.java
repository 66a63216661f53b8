package org.earnest.bench.engine;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.earnest.bindings.call.TokenCalls;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.submission.SubmissionRequest;

/**
 * The requests of a seed. Each pays its own amount of test USDC to its own account, so that what
 * happened to it can be read off the chain without asking anybody else.
 */
public final class Work {
  private static final int MOST = 1_000_000;

  private final long seed;
  private final TokenCalls token;

  public Work(long seed, EvmAddress token) {
    this.seed = seed;
    this.token = new TokenCalls(token);
  }

  /** The request of this number; equal ones are equal in every process. */
  SubmissionRequest request(int number) {
    ChainCall call = token.transfer(payee(number), amount(number));
    return new SubmissionRequest(key(number), call.to(), call.data());
  }

  String key(int number) {
    return "bench:" + seed + ":" + number;
  }

  EvmAddress payee(int number) {
    return EvmAddress.of(Arrays.copyOf(digest(number), EvmAddress.BYTES));
  }

  /** Atomic units, from 1 to a million. */
  BigInteger amount(int number) {
    byte[] tail =
        Arrays.copyOfRange(digest(number), EvmAddress.BYTES, Long.BYTES + EvmAddress.BYTES);
    return new BigInteger(1, tail).mod(BigInteger.valueOf(MOST)).add(BigInteger.ONE);
  }

  private byte[] digest(int number) {
    return Keccak256.hash(key(number).getBytes(StandardCharsets.UTF_8)).bytes();
  }
}
