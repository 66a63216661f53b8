package org.earnest.credentials.custody;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.earnest.core.chain.SignerUnavailableException;
import org.earnest.credentials.key.KeyType;
import org.earnest.credentials.key.LocalSigner;
import org.earnest.credentials.key.VerificationKey;
import org.jspecify.annotations.Nullable;

/** Keys in a map that outlives what opened it; it can be away, and give out an old key. */
final class InMemoryCustody implements KeyCustody {
  private final Map<String, LocalSigner> keys;
  boolean away;
  boolean refusesToDestroy;
  @Nullable LocalSigner old;

  InMemoryCustody(Map<String, LocalSigner> keys) {
    this.keys = keys;
  }

  InMemoryCustody() {
    this(new ConcurrentHashMap<>());
  }

  @Override
  public Set<KeyType> types() {
    return EnumSet.allOf(KeyType.class);
  }

  @Override
  public KeyOutcome<HeldKey> create(String name, KeyType type) {
    KeyNames.required(name);
    requireThere();
    LocalSigner made = old == null ? LocalSigner.randomDidKey(type) : old;
    return keys.putIfAbsent(name, made) == null
        ? open(name)
        : new KeyOutcome.Refused<>(KeyRefusal.NAME_TAKEN);
  }

  @Override
  public KeyOutcome<HeldKey> open(String name) {
    KeyNames.required(name);
    requireThere();
    LocalSigner found = keys.get(name);
    return found == null
        ? new KeyOutcome.Refused<>(KeyRefusal.MISSING)
        : new KeyOutcome.Done<>(new Held(found));
  }

  @Override
  public void destroy(String name) {
    KeyNames.required(name);
    requireThere();
    if (refusesToDestroy) {
      throw new SignerUnavailableException("not now");
    }
    keys.remove(name);
  }

  private void requireThere() {
    if (away) {
      throw new SignerUnavailableException("away");
    }
  }

  /** How many private keys there are. */
  int size() {
    return keys.size();
  }

  @Override
  public void close() {}

  private record Held(LocalSigner signer) implements HeldKey {
    @Override
    public VerificationKey publicKey() {
      return VerificationKey.parse(signer.publicKeyMultibase()).orElseThrow();
    }

    @Override
    public byte[] sign(byte[] message) {
      return signer.sign(message);
    }
  }
}
