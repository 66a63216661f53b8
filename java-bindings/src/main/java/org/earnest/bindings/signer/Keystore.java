package org.earnest.bindings.signer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.core.chain.EvmAddress;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.Keys;
import org.web3j.crypto.Wallet;
import org.web3j.crypto.WalletFile;
import org.web3j.crypto.exception.CipherException;
import org.web3j.utils.Numeric;

/**
 * A private key in a file, encrypted with a passphrase (Web3 Secret Storage, version 3), as geth
 * and other wallets write it. What is secret is never in a text or an exception.
 */
public final class Keystore {
  /** A keystore has half a kilobyte. */
  public static final int MAX_BYTES = 16 << 10;

  private static final int KEY_BYTES = 32;

  private Keystore() {}

  /** What came of opening a keystore. */
  public sealed interface Opening {
    record Opened(LocalSigner signer) implements Opening {}

    record Refused(KeystoreRefusal refusal) implements Opening {}
  }

  /** What came of writing one. */
  public sealed interface Writing {
    record Written(EvmAddress address) implements Writing {}

    record Refused(KeystoreRefusal refusal) implements Writing {}
  }

  /**
   * Opens a file, as ssh does only one that its owner alone may read. Deriving its key takes a
   * second or so, on purpose.
   */
  public static Opening open(Path file, Passphrase passphrase) {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      if (OwnersFile.isOpenToOthers(file)) {
        return new Opening.Refused(KeystoreRefusal.PERMISSIONS);
      }
      bytes = in.readNBytes(MAX_BYTES + 1);
    } catch (NoSuchFileException e) {
      return new Opening.Refused(KeystoreRefusal.MISSING);
    } catch (IOException e) {
      return new Opening.Refused(KeystoreRefusal.UNREADABLE);
    }
    if (bytes.length > MAX_BYTES) {
      return new Opening.Refused(KeystoreRefusal.TOO_LARGE);
    }
    return switch (KeystoreJson.read(bytes)) {
      case KeystoreJson.Reading.Refused refused -> new Opening.Refused(refused.refusal());
      case KeystoreJson.Reading.Read read -> decrypt(read.wallet(), passphrase);
    };
  }

  private static Opening decrypt(WalletFile wallet, Passphrase passphrase) {
    LocalSigner signer;
    try {
      signer = signer(Wallet.decrypt(passphrase.text(), wallet));
    } catch (CipherException e) {
      return new Opening.Refused(KeystoreRefusal.PASSPHRASE);
    } catch (IllegalArgumentException e) {
      return new Opening.Refused(KeystoreRefusal.MALFORMED);
    }
    // Some wallets leave the address out, for privacy's sake.
    String address = wallet.getAddress();
    return address == null || signer.address().equals(new EvmAddress(address))
        ? new Opening.Opened(signer)
        : new Opening.Refused(KeystoreRefusal.ADDRESS);
  }

  private static LocalSigner signer(ECKeyPair pair) {
    byte[] key = Numeric.toBytesPadded(pair.getPrivateKey(), KEY_BYTES);
    try {
      return LocalSigner.of(key);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  /**
   * Makes a key and writes it to a new file that only its owner may read, with geth's usual
   * parameters (scrypt, 256 MiB).
   */
  public static Writing create(Path file, Passphrase passphrase) {
    if (passphrase.isEmpty()) {
      return new Writing.Refused(KeystoreRefusal.EMPTY_PASSPHRASE);
    }
    WalletFile wallet = encrypted(passphrase);
    try {
      OwnersFile.create(file, KeystoreJson.write(wallet));
    } catch (FileAlreadyExistsException e) {
      return new Writing.Refused(KeystoreRefusal.EXISTS);
    } catch (IOException e) {
      return new Writing.Refused(KeystoreRefusal.UNWRITABLE);
    }
    return new Writing.Written(new EvmAddress("0x" + wallet.getAddress()));
  }

  private static WalletFile encrypted(Passphrase passphrase) {
    try {
      return Wallet.createStandard(passphrase.text(), Keys.createEcKeyPair());
    } catch (CipherException | GeneralSecurityException e) {
      throw new IllegalStateException("the platform lacks an algorithm that keystores need", e);
    }
  }
}
