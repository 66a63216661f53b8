package org.earnest.bindings.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.earnest.bindings.contract.CallBatch;
import org.earnest.bindings.contract.CredentialAnchor;
import org.earnest.bindings.contract.DealEscrow;
import org.earnest.bindings.contract.EthereumDIDRegistry;
import org.earnest.bindings.contract.IdentityRegistry;
import org.earnest.bindings.contract.PanelArbiter;
import org.earnest.bindings.contract.ReputationRegistry;
import org.earnest.bindings.contract.TestUSDC;
import org.earnest.bindings.contract.ValidationRegistry;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.ChainLog;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.Hex;
import org.earnest.core.chain.LogRef;
import org.junit.jupiter.api.Test;
import org.web3j.abi.FunctionReturnDecoder;
import org.web3j.abi.TypeReference;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.Bool;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.Event;
import org.web3j.abi.datatypes.StructType;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.Utf8String;

/** What is read off the words is held against web3j's decoder, for good data and for bad. */
@SuppressWarnings("rawtypes") // web3j's types are raw
class EventLayoutTest {
  private static final long SEED = 8004;
  private static final int ROUNDS = 400;
  private static final int WORD = 32;
  private static final int MAX_BYTES = 70;
  private static final BigInteger INT_LIMIT = BigInteger.TWO.pow(31);
  private static final LogRef REF =
      new LogRef(new BlockRef(Caip2ChainId.eip155(31337), 1, Hash32.ZERO), Hash32.ZERO, 0);
  private static final List<Class<?>> CONTRACTS =
      List.of(
          CallBatch.class,
          CredentialAnchor.class,
          DealEscrow.class,
          EthereumDIDRegistry.class,
          IdentityRegistry.class,
          PanelArbiter.class,
          ReputationRegistry.class,
          TestUSDC.class,
          ValidationRegistry.class);

  private final Random random = new Random(SEED);

  @Test
  void readsWhatTheDecoderReadsAndRefusesWhatItRefuses() throws Exception {
    Map<String, Integer> refused = new TreeMap<>();
    for (Event event : events()) {
      for (int i = 0; i < ROUNDS; i++) {
        byte[] good = data(event);
        assertThat(read(event, good))
            .as(as(event, good))
            .isPresent()
            .isEqualTo(decoded(event, good));
        byte[] bad = worse(good);
        Optional<List<String>> read = read(event, bad);
        if (misread(event, bad)) {
          // The decoder takes such a word by its last 31 bits, for another place than it says.
          assertThat(read).as(as(event, bad)).isEmpty();
        } else {
          assertThat(read).as(as(event, bad)).isEqualTo(decoded(event, bad));
        }
        refused.merge(event.getName(), read.isEmpty() ? 1 : 0, Integer::sum);
      }
    }
    assertThat(refused.values()).as("seed %d", SEED).anyMatch(count -> count > ROUNDS / 10);
    assertThat(refused.get("NewFeedback")).as("seed %d", SEED).isBetween(ROUNDS / 10, ROUNDS - 1);
  }

  @Test
  void readsTopicsAsTheDecoderDoes() throws Exception {
    for (Event event : events()) {
      List<TypeReference<Type>> types = event.getIndexedParameters();
      for (int i = 0; i < ROUNDS; i++) {
        List<Hash32> topics =
            Stream.generate(() -> Hash32.of(word())).limit(types.size() + 1L).toList();
        List<String> wanted =
            IntStream.range(0, types.size())
                .mapToObj(
                    at ->
                        FunctionReturnDecoder.decodeIndexedValue(
                            topics.get(at + 1).hex(), types.get(at)))
                .map(EventLayoutTest::text)
                .toList();
        assertThat(texts(EventLayout.of(event).topics(topics))).isEqualTo(wanted);
      }
    }
  }

  @Test
  void aTextOfMegabytesIsReadInFull() {
    int length = 3 << 20;
    byte[] data = new byte[2 * WORD + length];
    data[WORD - 1] = WORD;
    ByteBuffer.wrap(data).putInt(2 * WORD - Integer.BYTES, length);
    Arrays.fill(data, 2 * WORD, data.length, (byte) 'x');
    assertThat(read(IdentityRegistry.URIUPDATED_EVENT, data)).contains(List.of("x".repeat(length)));
  }

  private static String as(Event event, byte[] data) {
    return "seed %d, %s %s".formatted(SEED, event.getName(), Hex.encode(data));
  }

  /** All but those with structs, which the decoder reads itself. */
  private static List<Event> events() throws IllegalAccessException {
    List<Event> events = new ArrayList<>();
    for (Class<?> contract : CONTRACTS) {
      for (Field field : contract.getFields()) {
        if (field.getType() == Event.class && !hasStruct((Event) field.get(null))) {
          events.add((Event) field.get(null));
        }
      }
    }
    assertThat(events).hasSizeGreaterThan(25);
    return events;
  }

  private static boolean hasStruct(Event event) {
    return types(event).stream().anyMatch(StructType.class::isAssignableFrom);
  }

  private static List<Class<Type>> types(Event event) {
    return event.getNonIndexedParameters().stream().map(EventLayoutTest::type).toList();
  }

  private static Class<Type> type(TypeReference<Type> reference) {
    try {
      return reference.getClassType();
    } catch (ClassNotFoundException missing) {
      throw new IllegalStateException(missing);
    }
  }

  /** Of the event's form, with dirt beside numbers and behind texts, some of which are no UTF-8. */
  private byte[] data(Event event) {
    List<Class<Type>> types = types(event);
    ByteBuffer tail = ByteBuffer.allocate(types.size() * 5 * WORD);
    ByteBuffer data = ByteBuffer.allocate(types.size() * 6 * WORD);
    for (Class<Type> type : types) {
      if (isDynamic(type)) {
        data.put(word(types.size() * WORD + tail.position()));
        int length = random.nextInt(MAX_BYTES);
        tail.put(word(length)).put(bytes((length + WORD - 1) / WORD * WORD));
      } else {
        data.put(Bool.class.isAssignableFrom(type) ? word(random.nextInt(3)) : word());
      }
    }
    data.put(tail.flip());
    return Arrays.copyOf(data.array(), data.position());
  }

  /** Cut, grown, or with a word that may be an offset or a length put elsewhere. */
  private byte[] worse(byte[] good) {
    byte[] bad = good.clone();
    if (bad.length == 0) {
      return bytes(WORD);
    }
    int kind = random.nextInt(4);
    if (kind == 0) {
      return Arrays.copyOf(bad, random.nextInt(bad.length));
    }
    if (kind == 1) {
      return Arrays.copyOf(bad, bad.length + random.nextInt(2 * WORD));
    }
    byte[] other = kind == 2 ? word(random.nextInt(good.length + 2 * WORD)) : large();
    System.arraycopy(other, 0, bad, random.nextInt(bad.length / WORD) * WORD, WORD);
    return bad;
  }

  private byte[] large() {
    BigInteger value = new BigInteger(1 + random.nextInt(256), random);
    byte[] bytes = value.toByteArray();
    byte[] word = new byte[WORD];
    int length = Math.min(WORD, bytes.length);
    System.arraycopy(bytes, bytes.length - length, word, WORD - length, length);
    return word;
  }

  private byte[] word() {
    return random.nextInt(3) == 0 ? word(random.nextInt(256)) : bytes(WORD);
  }

  private static byte[] word(int value) {
    return ByteBuffer.allocate(WORD).putInt(WORD - Integer.BYTES, value).array();
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static boolean isDynamic(Class<Type> type) {
    return Utf8String.class.isAssignableFrom(type) || DynamicBytes.class.isAssignableFrom(type);
  }

  private static boolean misread(Event event, byte[] data) {
    List<Class<Type>> types = types(event);
    for (int i = 0; i < types.size(); i++) {
      if (isDynamic(types.get(i)) && (i + 1) * WORD <= data.length) {
        BigInteger offset = number(data, i * WORD);
        boolean wraps = offset.compareTo(INT_LIMIT) >= 0;
        boolean read = !wraps && offset.intValue() <= data.length - WORD;
        if (wraps || (read && number(data, offset.intValue()).compareTo(INT_LIMIT) >= 0)) {
          return true;
        }
      }
    }
    return false;
  }

  private static BigInteger number(byte[] data, int at) {
    return new BigInteger(1, data, at, WORD);
  }

  /** Empty where it is refused. */
  private static Optional<List<String>> read(Event event, byte[] data) {
    ChainLog log = new ChainLog(REF, EvmAddress.ZERO, List.of(), Hex.encode(data), false);
    try {
      return Optional.of(texts(EventLayout.of(event).data(log)));
    } catch (IllegalArgumentException refused) {
      return Optional.empty();
    }
  }

  private static Optional<List<String>> decoded(Event event, byte[] data) {
    List<TypeReference<Type>> types = event.getNonIndexedParameters();
    try {
      List<Type> decoded = FunctionReturnDecoder.decode(Hex.encode(data), types);
      return decoded.size() == types.size()
          ? Optional.of(decoded.stream().map(EventLayoutTest::text).toList())
          : Optional.empty();
    } catch (RuntimeException refused) {
      return Optional.empty();
    }
  }

  private static List<String> texts(List<Object> values) {
    return values.stream().map(EventLayoutTest::text).toList();
  }

  private static String text(Type decoded) {
    return decoded instanceof Address address ? address.getValue() : text(decoded.getValue());
  }

  private static String text(Object value) {
    return value instanceof byte[] bytes ? Hex.encode(bytes) : value.toString();
  }
}
