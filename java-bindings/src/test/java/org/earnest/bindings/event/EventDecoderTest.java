package org.earnest.bindings.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.earnest.bindings.contract.DealEscrow;
import org.earnest.bindings.contract.PanelArbiter;
import org.earnest.bindings.contract.TestUSDC;
import org.earnest.bindings.eip712.DealTypedData;
import org.earnest.bindings.eip712.RandomTerms;
import org.earnest.bindings.eip712.TermsBytes;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.ChainLog;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.Hex;
import org.earnest.core.chain.LogRef;
import org.earnest.core.deal.DealId;
import org.earnest.core.deal.DealTerms;
import org.junit.jupiter.api.Test;
import org.web3j.abi.EventEncoder;
import org.web3j.abi.datatypes.Event;

final class EventDecoderTest {
  private static final Caip2ChainId CHAIN = Caip2ChainId.eip155(31337);
  private static final LogRef REF = new LogRef(new BlockRef(CHAIN, 1, Hash32.ZERO), Hash32.ZERO, 0);
  private static final EvmAddress EMITTER = new EvmAddress("0x" + "e5".repeat(20));
  private static final long SEED = 20;

  private static String word(long value) {
    return "%064x".formatted(value);
  }

  private static Hash32 topic(Event event) {
    return new Hash32(EventEncoder.encode(event));
  }

  private static Decoding decode(List<Hash32> topics, String data) {
    return EventDecoder.decode(new ChainLog(REF, EMITTER, topics, data, false));
  }

  private static Hash32 number(long value) {
    return new Hash32("0x" + word(value));
  }

  @Test
  void tokensAndAgentsAreToldApartByTheNumberOfTopics() {
    Hash32 transfer = topic(TestUSDC.TRANSFER_EVENT);
    EvmAddress one = new EvmAddress("0x" + word(1).substring(24));
    EvmAddress two = new EvmAddress("0x" + word(2).substring(24));

    assertThat(decode(List.of(transfer, number(1), number(2)), "0x" + word(9)))
        .isEqualTo(
            new Decoding.Decoded(new TokenEvent.Transferred(one, two, BigInteger.valueOf(9))));
    assertThat(decode(List.of(transfer, number(1), number(2), number(9)), "0x"))
        .isEqualTo(
            new Decoding.Decoded(
                new IdentityEvent.AgentTransferred(one, two, BigInteger.valueOf(9))));
  }

  @Test
  void theTermsOfAnOpenedDealAreReadBack() {
    DealTerms terms = new RandomTerms(SEED).next(3);
    DealId deal = new DealTypedData(CHAIN, EMITTER).dealId(terms);

    assertThat(opened(deal.digest(), TermsBytes.encode(terms)))
        .isEqualTo(
            new Decoding.Decoded(
                new DealEvent.Opened(
                    deal,
                    new EvmAddress("0x" + word(5).substring(24)),
                    BigInteger.valueOf(7),
                    terms)));
  }

  @Test
  void termsThatAreNotThoseOfTheIdAreMalformed() {
    byte[] terms = TermsBytes.encode(new RandomTerms(SEED).next(1));

    assertThat(opened(number(1), terms)).isInstanceOf(Decoding.Malformed.class);
  }

  private static Decoding opened(Hash32 deal, byte[] terms) {
    String data = "0x" + word(7) + word(64) + word(terms.length) + Hex.encode(terms).substring(2);
    return decode(List.of(topic(DealEscrow.OPENED_EVENT), deal, number(5)), data);
  }

  @Test
  void strangersEventsAreNotOurs() {
    assertThat(decode(List.of(), "0x")).isEqualTo(new Decoding.Unrecognised());
    assertThat(decode(List.of(number(1)), "0x")).isEqualTo(new Decoding.Unrecognised());
    assertThat(decode(List.of(topic(DealEscrow.OPENED_EVENT)), "0x"))
        .isEqualTo(new Decoding.Unrecognised());
  }

  @Test
  void missingMembersAreMalformed() {
    Hash32 transfer = topic(TestUSDC.TRANSFER_EVENT);

    for (String data : List.of("0x", "0x00", "0x" + "0".repeat(62))) {
      assertThat(decode(List.of(transfer, number(1), number(2)), data))
          .as(data)
          .isInstanceOf(Decoding.Malformed.class);
    }
  }

  @Test
  void aPanelOfAsManyMembersAsALogSaysIsMeasuredFirst() {
    List<Hash32> topics = List.of(topic(PanelArbiter.PANELFORMED_EVENT), number(5));
    String rest = word(0).repeat(9);
    String good = word(32) + word(352) + word(416) + rest + word(1) + word(7) + word(1) + word(2);
    assertThat(decode(topics, "0x" + good)).isInstanceOf(Decoding.Decoded.class);
    String many = "7fffffff";
    String length = "0".repeat(64 - many.length()) + many;
    for (int at : new int[] {0, 1, 2, 12, 14}) {
      String bad = good.substring(0, at * 64) + length + good.substring((at + 1) * 64);
      assertThat(decode(topics, "0x" + bad))
          .as("word %d", at)
          .isInstanceOf(Decoding.Malformed.class);
    }
    assertThat(decode(topics, "0x" + good + word(0))).isInstanceOf(Decoding.Malformed.class);
  }

  @Test
  void nothingMakesItThrow() {
    Random random = new Random(SEED);
    List<Hash32> known = new ArrayList<>(EventDecoder.topics());
    known.sort(java.util.Comparator.comparing(Hash32::hex));
    int malformed = 0;
    for (int i = 0; i < 20_000; i++) {
      List<Hash32> topics = new ArrayList<>();
      topics.add(known.get(random.nextInt(known.size())));
      for (int n = random.nextInt(4); n > 0; n--) {
        topics.add(word(random));
      }
      byte[] data = new byte[random.nextInt(20) * 32 + (random.nextInt(4) == 0 ? 7 : 0)];
      random.nextBytes(data);
      for (int at = 0; at + 32 <= data.length; at += 32) {
        if (random.nextBoolean()) {
          // Small words pass for lengths and offsets.
          java.util.Arrays.fill(data, at, at + 30, (byte) 0);
        }
      }
      Decoding decoding = decode(topics, Hex.encode(data));
      malformed += decoding instanceof Decoding.Malformed ? 1 : 0;
    }
    assertThat(malformed).as("seed %d", SEED).isPositive();
  }

  private static Hash32 word(Random random) {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return Hash32.of(bytes);
  }
}
