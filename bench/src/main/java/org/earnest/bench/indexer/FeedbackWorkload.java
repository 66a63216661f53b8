package org.earnest.bench.indexer;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.earnest.bench.logs.BlockContents;
import org.earnest.bench.logs.Lineage;
import org.earnest.bench.logs.SyntheticLog;
import org.earnest.bindings.contract.ReputationRegistry;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.web3j.abi.EventEncoder;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Utf8String;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Int128;
import org.web3j.abi.datatypes.generated.Uint64;
import org.web3j.abi.datatypes.generated.Uint8;

/**
 * ERC-8004's {@code NewFeedback} and nothing else, of the size that real ones have: the same number
 * in each block, each of a random client about a random agent.
 *
 * @param perBlock in each block but the first
 */
record FeedbackWorkload(long seed, EvmAddress registry, int perBlock, int agents, int clients)
    implements BlockContents {
  private static final Hash32 NEW_FEEDBACK =
      new Hash32(EventEncoder.encode(ReputationRegistry.NEWFEEDBACK_EVENT));
  private static final List<String> TAGS = List.of("quality", "speed", "uptime", "price");
  private static final int MAX_VALUE = 100;
  private static final int ID_BYTES = 20;

  @Override
  public List<SyntheticLog> logs(long block, Lineage lineage) {
    Random random = new Random(seed * 31 + block * 7 + lineage.fork(block));
    List<SyntheticLog> logs = new ArrayList<>();
    for (int i = 0; block > 0 && i < perBlock; i++) {
      // Numbered through the whole chain, as no two entries of a client about an agent may be one.
      logs.add(feedback(random, block * perBlock + i));
    }
    return logs;
  }

  private SyntheticLog feedback(Random random, long index) {
    BigInteger agent = BigInteger.valueOf(1 + random.nextInt(agents));
    EvmAddress client = client(random.nextInt(clients));
    String tag = TAGS.get(random.nextInt(TAGS.size()));
    String file = "%040x".formatted(new BigInteger(ID_BYTES * 8, random));
    return new SyntheticLog(
        registry,
        List.of(
            NEW_FEEDBACK,
            word(agent),
            word(new BigInteger(client.hex().substring(2), 16)),
            Keccak256.hash(tag.getBytes(StandardCharsets.UTF_8))),
        "0x"
            + FunctionEncoder.encodeConstructor(
                List.of(
                    new Uint64(index),
                    new Int128(random.nextInt(MAX_VALUE + 1)),
                    new Uint8(0),
                    new Utf8String(tag),
                    new Utf8String("task-" + random.nextInt(MAX_VALUE)),
                    new Utf8String("https://agent" + agent + ".example/api/v1/tasks"),
                    new Utf8String("https://feedback.example/files/" + file + ".json"),
                    new Bytes32(
                        Keccak256.hash(file.getBytes(StandardCharsets.US_ASCII)).bytes()))));
  }

  private static EvmAddress client(int number) {
    return new EvmAddress("0x" + "c".repeat(32) + "%08x".formatted(number));
  }

  private static Hash32 word(BigInteger value) {
    return new Hash32("0x%064x".formatted(value));
  }
}
