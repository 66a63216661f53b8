package org.earnest.credentials.custody;

import java.util.Set;
import org.earnest.core.chain.SignerUnavailableException;
import org.earnest.credentials.key.KeyType;

/**
 * A place where private keys live: made there, used there, destroyed there. Each has a name of
 * lower-case letters, digits and hyphens, which it alone ever has. Every method throws {@link
 * SignerUnavailableException} when the place cannot be asked.
 */
public interface KeyCustody extends AutoCloseable {
  /** The longest name. */
  int MAX_NAME = 64;

  /** The kinds of key that can live here. */
  Set<KeyType> types();

  /**
   * Makes a key. After a {@link SignerUnavailableException} nobody knows whether it was made: its
   * name is not to be used again.
   *
   * @return refused with {@code NAME_TAKEN}, {@code TYPE} or what is wrong with the place
   */
  KeyOutcome<HeldKey> create(String name, KeyType type);

  /** A key that was made here; refused with {@code MISSING} or what is wrong with it. */
  KeyOutcome<HeldKey> open(String name);

  /** Destroys a key. One that is not here is destroyed already. */
  void destroy(String name);

  /** Forgets what opened it. */
  @Override
  void close();
}
