package org.earnest.credentials.custody;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.earnest.credentials.key.LocalSigner;

class InMemoryCustodyTest extends KeyCustodyContract {
  private final Map<String, LocalSigner> keys = new ConcurrentHashMap<>();

  @Override
  KeyCustody open() {
    return new InMemoryCustody(keys);
  }
}
