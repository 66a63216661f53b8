package org.earnest.did.ethr;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.earnest.bindings.event.DidRegistryEvent;
import org.earnest.bindings.event.DidRegistryEvent.AttributeChanged;
import org.earnest.bindings.event.DidRegistryEvent.DelegateChanged;
import org.earnest.bindings.event.DidRegistryEvent.OwnerChanged;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.identity.Did;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an identity's changes come to. Entries are numbered by the events that name them, so that
 * one keeps its id whatever runs out or is revoked before it.
 */
final class EthrDocument {
  private final Did did;
  private final EthrIdentity identity;
  private final BigInteger now;
  private final Map<Object, EthrKey> keys = new LinkedHashMap<>();
  private final Map<Object, ObjectNode> services = new LinkedHashMap<>();
  private EvmAddress owner;
  private int keyCount;
  private int serviceCount;

  private EthrDocument(Did did, EthrIdentity identity, BigInteger now) {
    this.did = did;
    this.identity = identity;
    this.now = now;
    this.owner = identity.address();
  }

  /** The document as JSON, and whether the identity was given up. */
  record Written(ObjectNode json, boolean deactivated) {}

  /**
   * The document after these changes.
   *
   * @param now seconds since 1970; what is valid to this second or an earlier one has run out
   */
  static Written of(Did did, EthrIdentity identity, List<EthrChange> changes, BigInteger now) {
    EthrDocument document = new EthrDocument(did, identity, now);
    changes.forEach(change -> document.apply(change.event()));
    return document.written();
  }

  /** The document of an identity that nobody changed. */
  static Written unchanged(Did did, EthrIdentity identity) {
    return of(did, identity, List.of(), BigInteger.ZERO);
  }

  private void apply(DidRegistryEvent event) {
    switch (event) {
      case OwnerChanged changed -> owner = changed.owner();
      case DelegateChanged changed -> apply(changed);
      case AttributeChanged changed ->
          EthrAttribute.parse(changed.name())
              .ifPresent(
                  attribute -> {
                    switch (attribute) {
                      case EthrAttribute.Key key -> apply(key, changed);
                      case EthrAttribute.Service service -> apply(service, changed);
                    }
                  });
    }
  }

  private void apply(DelegateChanged changed) {
    EthrText.of(changed.type()).ifPresent(type -> apply(type, changed));
  }

  private void apply(String type, DelegateChanged changed) {
    String id = did + "#delegate-" + ++keyCount;
    put(
        keys,
        List.of(changed.type(), changed.delegate()),
        changed.validTo(),
        EthrKey.delegate(id, did, identity.chain(), type, changed.delegate()));
  }

  private void apply(EthrAttribute.Key attribute, AttributeChanged changed) {
    String id = did + "#delegate-" + ++keyCount;
    put(
        keys,
        List.of(changed.name(), changed.value()),
        changed.validTo(),
        attribute.key(id, did, changed.value()));
  }

  private void apply(EthrAttribute.Service attribute, AttributeChanged changed) {
    String id = did + "#service-" + ++serviceCount;
    put(
        services,
        List.of(changed.name(), changed.value()),
        changed.validTo(),
        attribute.service(id, changed.value()));
  }

  /** The registry's own rule: an entry is valid before its time, not at it. */
  private <T> void put(Map<Object, T> entries, Object name, BigInteger validTo, Optional<T> entry) {
    if (validTo.compareTo(now) > 0 && entry.isPresent()) {
      entries.put(name, entry.get());
    } else {
      entries.remove(name);
    }
  }

  private Written written() {
    if (owner.equals(EvmAddress.ZERO)) {
      return new Written(EthrJson.deactivated(did), true);
    }
    EthrJson json = new EthrJson(did);
    json.add(EthrKey.controller(did, identity.chain(), owner));
    if (owner.equals(identity.address())) {
      identity.key().ifPresent(key -> json.add(EthrKey.controllerKey(did, key)));
    }
    keys.values().forEach(json::add);
    services.values().forEach(json::add);
    return new Written(json.document(), false);
  }
}
