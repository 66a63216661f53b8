package org.earnest.bindings.revert;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.earnest.bindings.revert.CustomErrors.Declaration;
import org.earnest.core.chain.Hex;
import org.web3j.abi.FunctionReturnDecoder;
import org.web3j.abi.TypeReference;
import org.web3j.abi.datatypes.Type;

/** Reads revert data (Solidity ABI, errors). Never throws for what a contract returned. */
public final class RevertDecoder {
  private static final Declaration MESSAGE = new Declaration("Error", List.of("string"));
  private static final Declaration PANIC = new Declaration("Panic", List.of("uint256"));

  /** Longer texts of a stranger's contract are cut. */
  static final int MAX_TEXT = 256;

  private RevertDecoder() {}

  /**
   * The reason in revert data.
   *
   * @param data prefixed hexadecimal, {@code 0x} for none
   */
  public static RevertReason decode(String data) {
    if (data.length() < CustomErrors.SELECTOR_CHARS) {
      return new RevertReason.Empty();
    }
    String selector = data.substring(0, CustomErrors.SELECTOR_CHARS);
    String arguments = data.substring(CustomErrors.SELECTOR_CHARS);
    return known(selector, arguments).orElseGet(() -> new RevertReason.Unrecognised(selector));
  }

  private static Optional<RevertReason> known(String selector, String arguments) {
    if (selector.equals(MESSAGE.selector())) {
      return values(MESSAGE, arguments)
          .map(values -> new RevertReason.Message(printable((String) values.getFirst())));
    }
    if (selector.equals(PANIC.selector())) {
      return values(PANIC, arguments)
          .map(values -> new RevertReason.Panic((BigInteger) values.getFirst()));
    }
    return CustomErrors.find(selector)
        .flatMap(
            error ->
                values(error, arguments)
                    .map(
                        values ->
                            new RevertReason.Custom(
                                error.name(), values.stream().map(RevertDecoder::text).toList())));
  }

  @SuppressWarnings({"rawtypes", "unchecked"}) // web3j's types are raw
  private static Optional<List<Object>> values(Declaration error, String arguments) {
    try {
      List<TypeReference<Type>> types = new ArrayList<>();
      for (String type : error.types()) {
        types.add((TypeReference<Type>) TypeReference.makeTypeReference(type));
      }
      List<Type> decoded = FunctionReturnDecoder.decode("0x" + arguments, types);
      if (decoded.size() != types.size()) {
        return Optional.empty();
      }
      return Optional.of(decoded.stream().map(Type::getValue).toList());
    } catch (ClassNotFoundException | RuntimeException e) {
      // The decoder promises no exception of its own for malformed data.
      return Optional.empty();
    }
  }

  private static String text(Object value) {
    return switch (value) {
      case byte[] bytes -> cut(Hex.encode(bytes));
      case String text when text.startsWith("0x") -> printable(text);
      case String text -> '"' + printable(text) + '"';
      default -> printable(String.valueOf(value));
    };
  }

  /** Without what could steer a terminal or split a log line. */
  private static String printable(String text) {
    return cut(text).replaceAll("\\p{C}", "?");
  }

  private static String cut(String text) {
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "...";
  }
}
