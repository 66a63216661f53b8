package org.earnest.credentials.sdjwt;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.earnest.core.identity.DidSigner;
import org.earnest.credentials.jose.JwsWriter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Issues SD-JWTs: hides claims, each behind a digest that tells nothing of it (RFC 9901 §4.2). */
public final class SdJwtIssuer {
  /** 128 bits, as §9.3 recommends. */
  private static final int SALT_BYTES = 16;

  private static final int DIGEST_BYTES = 32;

  private final DidSigner signer;
  private final Supplier<byte[]> salts;
  private final SecureRandom random = new SecureRandom();

  public SdJwtIssuer(DidSigner signer) {
    this.signer = signer;
    this.salts = () -> bytes(SALT_BYTES);
  }

  /**
   * Signs claims.
   *
   * @param type for {@code typ}
   * @param hidden JSON Pointers of the claims and array items that the holder may keep back; those
   *     within others too
   * @param decoys digests of nothing in each object that hides something, so that nobody counts
   * @throws IllegalArgumentException when a pointer leads nowhere, or a claim's name is reserved
   */
  public SdJwt issue(ObjectNode claims, String type, Set<String> hidden, int decoys) {
    return issue(claims, type, hidden, decoys, Map.of());
  }

  /**
   * Signs claims likewise.
   *
   * @param filled JSON Pointers of arrays whose order means nothing, each with the number of items
   *     that it is filled up to by digests of nothing: nobody counts what is hidden in them, nor
   *     learns from an item's place what else is there
   */
  public SdJwt issue(
      ObjectNode claims, String type, Set<String> hidden, int decoys, Map<String, Integer> filled) {
    List<String> disclosures = new ArrayList<>();
    Hiding hiding = new Hiding(hidden, decoys, filled, disclosures);
    ObjectNode payload = hiding.object(claims, "");
    hiding.requireAllFound();
    payload.put(SdJwt.SD_ALG, "sha-256");
    return new SdJwt(
        JwsWriter.sign(payload, type, Optional.empty(), signer), disclosures, Optional.empty());
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  /** One issuance, from the leaves to the root. */
  private final class Hiding {
    private final Set<String> hidden;
    private final int decoys;
    private final Map<String, Integer> filled;
    private final List<String> disclosures;
    private int found;

    private Hiding(
        Set<String> hidden, int decoys, Map<String, Integer> filled, List<String> disclosures) {
      this.hidden = hidden;
      this.decoys = decoys;
      this.filled = filled;
      this.disclosures = disclosures;
    }

    private JsonNode value(JsonNode value, String path) {
      return switch (value) {
        case ObjectNode object -> object(object, path);
        case ArrayNode array -> array(array, path);
        default -> value;
      };
    }

    private ObjectNode object(ObjectNode object, String path) {
      ObjectNode shown = JsonNodeFactory.instance.objectNode();
      List<String> digests = new ArrayList<>();
      for (Map.Entry<String, JsonNode> member : object.properties()) {
        String name = member.getKey();
        if (SdJwt.RESERVED.contains(name) || name.equals(SdJwt.SD_ALG)) {
          throw new IllegalArgumentException("no claim may be called " + name);
        }
        String at = path + "/" + name.replace("~", "~0").replace("/", "~1");
        JsonNode value = value(member.getValue(), at);
        if (hidden.contains(at)) {
          digests.add(hide(Optional.of(name), value));
        } else {
          shown.set(name, value);
        }
      }
      if (!digests.isEmpty()) {
        for (int i = 0; i < decoys; i++) {
          digests.add(decoy());
        }
        // The order of claims would tell which is which.
        Collections.sort(digests);
        ArrayNode array = shown.putArray(SdJwt.SD);
        digests.forEach(array::add);
      }
      return shown;
    }

    private ArrayNode array(ArrayNode array, String path) {
      List<JsonNode> shown = new ArrayList<>();
      for (int i = 0; i < array.size(); i++) {
        String at = path + "/" + i;
        JsonNode value = value(array.get(i), at);
        if (hidden.contains(at)) {
          shown.add(item(hide(Optional.empty(), value)));
        } else {
          shown.add(value);
        }
      }
      if (filled.containsKey(path)) {
        while (shown.size() < filled.get(path)) {
          shown.add(item(decoy()));
        }
        Collections.shuffle(shown, random);
      }
      return JsonNodeFactory.instance.arrayNode().addAll(shown);
    }

    private static ObjectNode item(String digest) {
      return JsonNodeFactory.instance.objectNode().put(SdJwt.ITEM, digest);
    }

    private String decoy() {
      return Disclosure.encode(bytes(DIGEST_BYTES));
    }

    private String hide(Optional<String> name, JsonNode value) {
      Disclosure disclosure = Disclosure.of(Disclosure.encode(salts.get()), name, value);
      disclosures.add(disclosure.text());
      found++;
      return disclosure.digest();
    }

    private void requireAllFound() {
      if (found != hidden.size()) {
        throw new IllegalArgumentException("a claim that shall be hidden is not there");
      }
    }
  }
}
