package org.earnest.bindings.call;

import java.util.List;
import java.util.Random;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.core.chain.EvmAddress;

/** Who plays one history. */
record LegCast(
    LocalSigner client,
    LocalSigner payee,
    LocalSigner standby,
    LocalSigner arbiter,
    LocalSigner platform,
    LocalSigner stranger) {
  static LegCast random() {
    return new LegCast(
        LocalSigner.random(),
        LocalSigner.random(),
        LocalSigner.random(),
        LocalSigner.random(),
        LocalSigner.random(),
        LocalSigner.random());
  }

  List<LocalSigner> all() {
    return List.of(client, payee, standby, arbiter, platform, stranger);
  }

  /** Those who put money in. */
  List<LocalSigner> payers() {
    return List.of(client, payee, standby);
  }

  EvmAddress anybody(Random random) {
    return all().get(random.nextInt(all().size())).address();
  }

  LocalSigner key(EvmAddress who) {
    return all().stream()
        .filter(each -> each.address().equals(who))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(who + " plays no part"));
  }
}
