package org.earnest.cli.indexer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.kit.json.JsonRefusedException;
import org.earnest.kit.json.StrictJson;
import org.earnest.kit.process.StartupException;
import tools.jackson.databind.JsonNode;

/** The chains to follow, in a file; {@code docs/verbs/indexer.md} has its form. */
public record ChainsFile(Path file) {
  public static final int MAX_BYTES = 256 * 1024;

  /** More than a process can do justice to. */
  public static final int MAX_CHAINS = 16;

  private static final int MAX_NAME_SHOWN = 64;
  private static final String CHAINS = "chains";
  private static final String FORM = "docs/verbs/indexer.md has its form";

  /**
   * Reads it. Nothing of its text but names of members is quoted: URLs of nodes have keys in them.
   *
   * @throws StartupException {@code config_missing}, {@code config_unreadable}, {@code
   *     config_too_large}, {@code config_malformed}, {@code config_unknown_member}, {@code
   *     config_invalid} or {@code rpc_url_invalid}
   */
  public List<ChainPlan> read() {
    List<ChainWords> words = words(bytes());
    List<ChainPlan> plans = new ArrayList<>();
    Set<Caip2ChainId> named = new HashSet<>();
    for (int i = 0; i < words.size(); i++) {
      String place = place(i);
      ChainPlan plan = plan(place, words.get(i));
      if (!named.add(plan.chain().orElseThrow(() -> invalid(place + ": chainId is needed")))) {
        throw invalid(place + ": the chain is named twice");
      }
      plans.add(plan);
    }
    return plans;
  }

  private record Chains(List<ChainWords> chains) {}

  private List<ChainWords> words(byte[] bytes) {
    requireKnown(bytes);
    try {
      return StrictJson.read(bytes, Chains.class).chains();
    } catch (JsonRefusedException refused) {
      throw invalid(String.valueOf(refused.getMessage()));
    }
  }

  private ChainPlan plan(String place, ChainWords words) {
    try {
      return words.plan(UnaryOperator.identity());
    } catch (IllegalArgumentException refused) {
      throw invalid(place + ": " + refused.getMessage());
    }
  }

  private void requireKnown(byte[] bytes) {
    JsonNode json = json(bytes);
    requireKnown("it", json, Set.of(CHAINS));
    JsonNode chains = json.path(CHAINS);
    if (!chains.isArray() || chains.isEmpty() || chains.size() > MAX_CHAINS) {
      throw invalid("chains is a list of 1 to " + MAX_CHAINS);
    }
    for (int i = 0; i < chains.size(); i++) {
      requireKnown(place(i), chains.get(i), ChainWords.NAMES);
      for (String name : ChainWords.LISTS) {
        JsonNode list = chains.get(i).path(name);
        boolean isList = list.isArray() && list.valueStream().allMatch(JsonNode::isString);
        if (!list.isMissingNode() && !isList) {
          throw invalid(place(i) + ": " + name + " is a list of texts");
        }
      }
    }
  }

  private static String place(int index) {
    return CHAINS + "[" + index + "]";
  }

  private JsonNode json(byte[] bytes) {
    try {
      return StrictJson.readTree(bytes);
    } catch (JsonRefusedException refused) {
      throw refused("config_malformed", "is no JSON: " + refused.getMessage(), "Mend it; " + FORM);
    }
  }

  private byte[] bytes() {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] read = in.readNBytes(MAX_BYTES + 1);
      if (read.length <= MAX_BYTES) {
        return read;
      }
    } catch (NoSuchFileException missing) {
      throw refused("config_missing", "is not there", "Look at its name and folder");
    } catch (IOException unreadable) {
      throw refused("config_unreadable", "cannot be read", "Name a file that you may read");
    }
    throw refused("config_too_large", "is longer than " + MAX_BYTES + " bytes", "Keep to " + FORM);
  }

  private void requireKnown(String place, JsonNode json, Set<String> names) {
    if (!json.isObject()) {
      throw invalid(place + " is no object");
    }
    for (String name : json.propertyNames()) {
      if (!names.contains(name)) {
        throw refused(
            "config_unknown_member",
            "cannot be used: " + place + " has no member " + printable(name),
            "Remove it, or write it as one of " + String.join(", ", new TreeSet<>(names)));
      }
    }
  }

  private StartupException invalid(String why) {
    return refused("config_invalid", "cannot be used: " + why, "Mend it; " + FORM);
  }

  private StartupException refused(String code, String why, String remedy) {
    return new StartupException(code, "the file " + file + " " + why, remedy);
  }

  /** What stands in a file must not steer the terminal. */
  private static String printable(String name) {
    String shown =
        name.length() <= MAX_NAME_SHOWN ? name : name.substring(0, MAX_NAME_SHOWN) + "...";
    return '"' + shown.replaceAll("\\p{C}", "?") + '"';
  }
}
