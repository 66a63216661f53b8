package org.earnest.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.Keys;
import org.web3j.crypto.Wallet;
import tools.jackson.databind.json.JsonMapper;

/** Keystores that open at once, and the file of their passphrase. */
record LightKeystore(Path folder) {
  private static final String WORD = "a passphrase";

  Path passphrase() throws IOException {
    Path file = folder.resolve("word");
    return Files.exists(file) ? file : owners(Files.writeString(file, WORD + "\n"));
  }

  /** A new key. */
  Path create(String name) throws Exception {
    ECKeyPair pair = Keys.createEcKeyPair();
    String json = JsonMapper.shared().writeValueAsString(Wallet.createLight(WORD, pair));
    return owners(Files.writeString(folder.resolve(name), json));
  }

  private static Path owners(Path file) throws IOException {
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }
}
