package org.earnest.cli.issuer;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.earnest.bindings.signer.OwnersFile;
import org.earnest.credentials.custody.Stretching;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The choice of a custody, in {@code custody.json}. */
final class CustodyFile {
  private static final int MAX_BYTES = 16 << 10;
  private static final String RANDOM = "random";
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Path file;

  CustodyFile(Path folder) {
    this.file = folder.resolve("custody.json");
  }

  void write(Custody custody) throws IOException {
    ObjectNode json = JSON.createObjectNode();
    switch (custody) {
      case Custody.Files(Stretching passphrase) -> {
        json.put("kind", "files");
        if (passphrase == Stretching.RANDOM) {
          json.put("passphrase", RANDOM);
        }
      }
      case Custody.Token token ->
          json.put("kind", "pkcs11")
              .put("library", token.library().toAbsolutePath().toString())
              .put("slot", token.slot());
      case Custody.Transit transit ->
          json.put("kind", "transit")
              .put("engine", transit.engine().toString())
              .put("tokenFile", transit.token().toAbsolutePath().toString());
    }
    OwnersFile.replace(file, JSON.writeValueAsBytes(json));
  }

  /** Whoever writes to it says where keys are sent to be used. */
  boolean isOpenToOthers() throws IOException {
    return OwnersFile.isOpenToOthers(file);
  }

  /** Empty for what this class would not write. */
  Optional<Custody> read() throws IOException {
    try {
      if (Files.size(file) > MAX_BYTES) {
        return Optional.empty();
      }
      JsonNode json = JSON.readTree(Files.readAllBytes(file));
      return switch (json.path("kind").asString("")) {
        case "files" -> Optional.of(new Custody.Files(stretching(json)));
        case "pkcs11" ->
            Optional.of(
                new Custody.Token(
                    Path.of(json.path("library").stringValue()), json.path("slot").longValue()));
        case "transit" ->
            Optional.of(
                new Custody.Transit(
                    URI.create(json.path("engine").stringValue()),
                    Path.of(json.path("tokenFile").stringValue())));
        default -> Optional.empty();
      };
    } catch (JacksonException | IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  private static Stretching stretching(JsonNode json) {
    return json.path("passphrase").asString("").equals(RANDOM)
        ? Stretching.RANDOM
        : Stretching.TYPED;
  }
}
