package org.earnest.testkit.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate authority made for one test run and trusted by nobody else. */
public final class TestAuthority {
  private static final String AUTHORITY = "authority";
  private static final char[] PASSWORD = "for this run alone".toCharArray();

  private final Path store;

  private TestAuthority(Path store) {
    this.store = store;
  }

  /**
   * Makes one.
   *
   * @param folder where its keys lie for as long as it is used
   */
  public static TestAuthority create(Path folder) {
    TestAuthority authority = new TestAuthority(folder.resolve("authority.p12"));
    authority.generate(AUTHORITY, List.of("-dname", "CN=" + AUTHORITY, "-ext", "bc:c"));
    return authority;
  }

  /** Serves as a host of this name by this authority's word, and trusts the authority alone. */
  public SSLContext signed(String host) {
    List<String> signer =
        new ArrayList<>(List.of("-signer", AUTHORITY, "-signerkeypass", new String(PASSWORD)));
    signer.addAll(named(host));
    return identity("signed " + host, signer);
  }

  /** Serves as a host of this name by nobody's word but its own, and trusts the authority alone. */
  public SSLContext selfSigned(String host) {
    return identity("self-signed " + host, named(host));
  }

  private static List<String> named(String host) {
    return List.of("-dname", "CN=" + host, "-ext", "SAN=dns:" + host);
  }

  private SSLContext identity(String alias, List<String> options) {
    generate(alias, options);
    try {
      KeyStore all = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(store)) {
        all.load(in, PASSWORD);
      }
      KeyStore own = empty();
      own.setKeyEntry(alias, all.getKey(alias, PASSWORD), PASSWORD, all.getCertificateChain(alias));
      KeyStore trusted = empty();
      trusted.setCertificateEntry(AUTHORITY, all.getCertificate(AUTHORITY));
      return context(own, trusted);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static SSLContext context(KeyStore own, KeyStore trusted)
      throws GeneralSecurityException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(own, PASSWORD);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, PASSWORD);
    return store;
  }

  /** The JDK has no public interface that makes certificates, and brings this program along. */
  private void generate(String alias, List<String> options) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                new String(PASSWORD)));
    command.addAll(options);
    try {
      Process keytool =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (keytool.waitFor() != 0) {
        throw new IllegalStateException("keytool failed");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
