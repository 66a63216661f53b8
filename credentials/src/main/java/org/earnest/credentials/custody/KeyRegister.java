package org.earnest.credentials.custody;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidUrl;
import org.earnest.credentials.custody.KeyState.Active;
import org.earnest.credentials.custody.KeyState.Retired;
import org.earnest.credentials.custody.KeyState.Revoked;
import org.earnest.credentials.custody.KeyState.Standby;
import org.earnest.credentials.key.KeyType;

/**
 * All keys that an issuer has or had, in the order in which they were made.
 *
 * @param issuer whose document lists the keys; empty where each key is an issuer of its own, by
 *     did:key
 */
record KeyRegister(Optional<Did> issuer, List<IssuerKey> keys) {
  /** Kept for ever, at two hundred bytes each. */
  static final int MAX_KEYS = 1000;

  KeyRegister {
    keys = List.copyOf(keys);
  }

  DidUrl id(IssuerKey key) {
    return issuer.orElseGet(() -> new Did("did:key:" + key.multibase())).fragment(key.multibase());
  }

  Optional<IssuerKey> active(KeyType type) {
    return one(key -> key.type() == type && key.state() instanceof Active);
  }

  Optional<IssuerKey> standby(KeyType type) {
    return one(key -> key.type() == type && key.state() instanceof Standby);
  }

  Optional<IssuerKey> known(String multibase) {
    return one(key -> key.multibase().equals(multibase));
  }

  private Optional<IssuerKey> one(Predicate<IssuerKey> which) {
    return keys.stream().filter(which).findFirst();
  }

  /** Why no other key of this kind can be made now. */
  Optional<KeyRefusal> refusesAnother(KeyType type) {
    if (keys.size() >= MAX_KEYS) {
      return Optional.of(KeyRefusal.TOO_MANY);
    }
    if (active(type).isPresent() && issuer.isEmpty()) {
      return Optional.of(KeyRefusal.NOT_ROTATABLE);
    }
    return standby(type).map(there -> KeyRefusal.STANDBY_THERE);
  }

  /** With a new key, which signs where none of its kind does. */
  KeyOutcome<KeyRegister> and(IssuerKey made) {
    if (known(made.multibase()).isPresent()) {
      return new KeyOutcome.Refused<>(KeyRefusal.USED_BEFORE);
    }
    IssuerKey last = made.as(active(made.type()).isPresent() ? new Standby() : new Active());
    return new KeyOutcome.Done<>(
        new KeyRegister(issuer, Stream.concat(keys.stream(), Stream.of(last)).toList()));
  }

  /** The key that stands by signs; the one that signed is listed for a while. */
  KeyRegister rotated(KeyType type, Instant now, Duration overlap) {
    IssuerKey next = standby(type).orElseThrow();
    IssuerKey before = active(type).orElseThrow();
    return with(before.as(new Retired(now.plus(overlap)))).with(next.as(new Active()));
  }

  /** Without this key's word; one that stands by takes its place at once. */
  KeyRegister revoked(IssuerKey key, Instant now) {
    KeyRegister without = with(key.as(new Revoked(now)));
    return key.state() instanceof Active
        ? without
            .standby(key.type())
            .map(next -> without.with(next.as(new Active())))
            .orElse(without)
        : without;
  }

  /** With this in the place of what was known of the key. */
  KeyRegister with(IssuerKey changed) {
    return new KeyRegister(
        issuer,
        keys.stream()
            .map(key -> key.multibase().equals(changed.multibase()) ? changed : key)
            .toList());
  }
}
