package org.earnest.bindings.submission;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.Hex;
import org.web3j.crypto.TransactionDecoder;
import org.web3j.crypto.transaction.type.Transaction1559;

/** Blocks of one account's transactions, a pool, and what may befall both. */
final class SimulatedChain {
  /** Calldata that begins so succeeds in some blocks and reverts in others. */
  static final String FICKLE = "0xff";

  private static final long PERCENT_OF_A_RIVAL = 110;

  private final List<Block> blocks = new ArrayList<>();
  private final TreeMap<Long, Transaction> pool = new TreeMap<>();
  private long made;
  private BigInteger baseFee = BigInteger.TEN;

  SimulatedChain() {
    mine();
  }

  record Transaction(
      Hash32 hash, String raw, long nonce, String data, BigInteger maxFee, BigInteger tip) {
    static Transaction decode(String raw) {
      var decoded = (Transaction1559) TransactionDecoder.decode(raw).getTransaction();
      return new Transaction(
          Keccak256.hash(Hex.decode(raw)),
          raw,
          decoded.getNonce().longValueExact(),
          "0x" + decoded.getData().replaceFirst("^0x", ""),
          decoded.getMaxFeePerGas(),
          decoded.getMaxPriorityFeePerGas());
    }
  }

  record Block(long number, Hash32 hash, Hash32 parent, BigInteger baseFee, List<Transaction> all) {
    boolean succeeds(Transaction transaction) {
      return !transaction.data().startsWith(FICKLE) || hash.bytes()[0] % 2 == 0;
    }
  }

  Block head() {
    return blocks.getLast();
  }

  Optional<Block> block(long number) {
    return number >= 0 && number < blocks.size()
        ? Optional.of(blocks.get((int) number))
        : Optional.empty();
  }

  Optional<Block> holding(Hash32 transaction, long upTo) {
    return blocks.stream()
        .filter(block -> block.number() <= upTo)
        .filter(block -> block.all().stream().anyMatch(tx -> tx.hash().equals(transaction)))
        .findFirst();
  }

  /** Whether it waits in the pool or is in a block. */
  boolean has(Hash32 transaction) {
    return pool.values().stream().anyMatch(waiting -> waiting.hash().equals(transaction))
        || holding(transaction, head().number()).isPresent();
  }

  /** The account's next nonce after this block. */
  long nonce(long number) {
    return blocks.stream()
        .filter(block -> block.number() <= number)
        .mapToLong(block -> block.all().size())
        .sum();
  }

  /** The next nonce that nothing in the pool has. */
  long pendingNonce() {
    long nonce = nonce(head().number());
    while (pool.containsKey(nonce)) {
      nonce++;
    }
    return nonce;
  }

  /** Whether this block is on the chain as it is now. */
  boolean holds(BlockRef block) {
    return block(block.number()).filter(it -> it.hash().equals(block.hash())).isPresent();
  }

  /** How often this was done on the chain as it is now. */
  long effects(String data) {
    return blocks.stream()
        .mapToLong(
            block ->
                block.all().stream()
                    .filter(tx -> tx.data().equals(data) && block.succeeds(tx))
                    .count())
        .sum();
  }

  /** The refusal, or empty if the pool has it now. */
  Optional<String> send(Transaction transaction) {
    Transaction rival = pool.get(transaction.nonce());
    if (transaction.nonce() < nonce(head().number())) {
      return Optional.of("nonce too low");
    }
    if (rival != null && rival.hash().equals(transaction.hash())) {
      return Optional.of("already known");
    }
    if (rival != null
        && !(outbids(transaction.maxFee(), rival.maxFee())
            && outbids(transaction.tip(), rival.tip()))) {
      return Optional.of("replacement transaction underpriced");
    }
    pool.put(transaction.nonce(), transaction);
    return Optional.empty();
  }

  private static boolean outbids(BigInteger fee, BigInteger rival) {
    return fee.multiply(BigInteger.valueOf(100))
            .compareTo(rival.multiply(BigInteger.valueOf(PERCENT_OF_A_RIVAL)))
        >= 0;
  }

  void ask(BigInteger fee) {
    baseFee = fee;
  }

  BigInteger baseFee() {
    return baseFee;
  }

  void mine() {
    long nonce = blocks.isEmpty() ? 0 : nonce(head().number());
    List<Transaction> taken = new ArrayList<>();
    Transaction next = pool.get(nonce);
    while (next != null && next.maxFee().compareTo(baseFee) >= 0) {
      taken.add(next);
      pool.remove(nonce++);
      next = pool.get(nonce);
    }
    long number = blocks.size();
    Hash32 parent = blocks.isEmpty() ? Hash32.ZERO : head().hash();
    // A hash of its own for every block that ever was.
    Hash32 hash = new Hash32("0x%02x%062x".formatted(made * 7 % 256, made++));
    blocks.add(new Block(number, hash, parent, baseFee, List.copyOf(taken)));
  }

  /** The last blocks fall out and more come in their place; what fell out may be forgotten. */
  void reorganise(int depth, Random random) {
    reorganise(depth, depth + 1, random);
  }

  /** With so many blocks in their place, which may be fewer. */
  void reorganise(int depth, int fresh, Random random) {
    List<Transaction> fallen = new ArrayList<>();
    for (int i = 0; i < depth && blocks.size() > 1; i++) {
      fallen.addAll(blocks.removeLast().all());
    }
    fallen.stream()
        .filter(transaction -> random.nextBoolean())
        .forEach(transaction -> pool.putIfAbsent(transaction.nonce(), transaction));
    boolean empty = random.nextBoolean();
    Map<Long, Transaction> kept = new TreeMap<>(pool);
    if (empty) {
      pool.clear();
    }
    for (int i = 0; i < fresh; i++) {
      mine();
    }
    kept.forEach(
        (nonce, transaction) -> {
          if (nonce >= nonce(head().number())) {
            pool.putIfAbsent(nonce, transaction);
          }
        });
  }

  void forgetAll() {
    pool.clear();
  }

  void forget(Random random) {
    for (Iterator<Long> nonces = pool.keySet().iterator(); nonces.hasNext(); ) {
      nonces.next();
      if (random.nextInt(3) == 0) {
        nonces.remove();
      }
    }
  }
}
