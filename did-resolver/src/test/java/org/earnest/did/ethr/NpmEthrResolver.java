package org.earnest.did.ethr;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The method's own resolver, from npm. */
record NpmEthrResolver(Path folder) {
  private static final List<String> FILES =
      List.of("package.json", "package-lock.json", "resolve.mjs");
  private static final long PATIENCE_SECONDS = 120;

  /** Its results for these DID URLs. */
  JsonNode resolve(DeployedRegistry registry, List<String> urls) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of("node", "resolve.mjs", registry.url().toString(), registry.address().hex()));
    command.addAll(urls);
    return JsonMapper.shared().readTree(run(folder, command));
  }

  /** Skips the test where no registry of packages can be reached. */
  static NpmEthrResolver install() throws Exception {
    Path folder = Files.createDirectories(Path.of("target/ethr-did-resolver").toAbsolutePath());
    for (String file : FILES) {
      try (InputStream source = NpmEthrResolver.class.getResourceAsStream(file)) {
        Files.copy(source, folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    try {
      run(folder, List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"));
    } catch (IOException failed) {
      Assumptions.abort("npm cannot install ethr-did-resolver: " + failed.getMessage());
    }
    return new NpmEthrResolver(folder);
  }

  private static String run(Path folder, List<String> command) throws Exception {
    Path output = folder.resolve("output.txt");
    Path errors = folder.resolve("errors.txt");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException(command.getFirst() + " failed: " + Files.readString(errors));
      }
    } finally {
      process.destroyForcibly();
    }
    return Files.readString(output);
  }
}
