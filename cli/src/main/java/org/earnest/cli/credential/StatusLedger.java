package org.earnest.cli.credential;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import org.earnest.credentials.status.Statuses;

/**
 * Which credential has which place in which list: what an issuer must not lose.
 *
 * @param issuer the DID whose lists they are
 * @param publishedAt the URL of the folder that they are published in, without a slash at the end
 */
record StatusLedger(String issuer, String publishedAt, List<KeptList> lists) {
  /** Of a list: so many hide which one is asked for (Bitstring Status List 1.0 §3.1). */
  static final int ENTRIES = 131_072;

  StatusLedger {
    lists = List.copyOf(lists);
  }

  /**
   * One list.
   *
   * @param number from 1, of its kind
   * @param entries by their index
   */
  record KeptList(ListKind kind, int number, Map<Integer, Entry> entries) {
    KeptList {
      entries = Map.copyOf(entries);
    }

    String file() {
      return kind.file(number);
    }

    /** What it says. */
    Statuses statuses() {
      Statuses statuses = kind.zeros(ENTRIES);
      entries.forEach((index, entry) -> statuses.set(index, entry.value));
      return statuses;
    }

    private boolean isHalfFull() {
      return entries.size() >= ENTRIES / 2;
    }

    private KeptList with(int index, Entry entry) {
      Map<Integer, Entry> more = new TreeMap<>(entries);
      more.put(index, entry);
      return new KeptList(kind, number, more);
    }
  }

  /**
   * A place that was given.
   *
   * @param credential its id
   */
  record Entry(String credential, int value) {}

  /** A ledger with one place more. */
  record Taken(StatusLedger ledger, KeptList list, int index) {}

  /**
   * Gives a place that nobody had.
   *
   * @param random indexes below {@link #ENTRIES}
   */
  Taken take(ListKind kind, String credential, IntSupplier random) {
    KeptList open =
        lists.stream()
            .filter(list -> list.kind == kind && !list.isHalfFull())
            .findFirst()
            .orElseGet(() -> new KeptList(kind, 1 + count(kind), Map.of()));
    int index = random.getAsInt();
    while (open.entries.containsKey(index)) {
      index = random.getAsInt();
    }
    KeptList taken = open.with(index, new Entry(credential, 0));
    return new Taken(with(taken), taken, index);
  }

  private int count(ListKind kind) {
    return (int) lists.stream().filter(list -> list.kind == kind).count();
  }

  /** With this list, in the place of the one of the same name. */
  StatusLedger with(KeptList changed) {
    List<KeptList> all = new ArrayList<>();
    lists.stream().filter(list -> !list.file().equals(changed.file())).forEach(all::add);
    all.add(changed);
    return new StatusLedger(issuer, publishedAt, all);
  }

  /** With another status at all places of a credential that can say it. */
  Ordered order(String credential, StatusOrder order) {
    if (order != StatusOrder.REVOKE && isRevoked(credential)) {
      return new Ordered(Found.FINAL, this);
    }
    StatusLedger after = this;
    int places = 0;
    boolean changed = false;
    for (KeptList list : lists) {
      for (Map.Entry<Integer, Entry> at : list.entries.entrySet()) {
        if (at.getValue().credential.equals(credential) && order.value(list.kind).isPresent()) {
          int before = at.getValue().value;
          int now = order.value(list.kind).get();
          places++;
          changed |= before != now;
          after = after.with(after.list(list.file()).with(at.getKey(), new Entry(credential, now)));
        }
      }
    }
    return new Ordered(places == 0 ? Found.NONE : changed ? Found.CHANGED : Found.SAME, after);
  }

  /** Another list than the one that is changed may say it. */
  private boolean isRevoked(String credential) {
    return lists.stream()
        .anyMatch(
            list ->
                list.entries.values().stream()
                    .filter(entry -> entry.credential.equals(credential))
                    .anyMatch(entry -> StatusOrder.isFinal(list.kind, entry.value)));
  }

  /** Where a list is published. */
  String url(KeptList list) {
    return publishedAt + "/" + list.file();
  }

  /** All that a credential has. */
  Set<MeantCredential.At> places(String credential) {
    Set<MeantCredential.At> places = new HashSet<>();
    for (KeptList list : lists) {
      list.entries.forEach(
          (index, entry) -> {
            if (entry.credential.equals(credential)) {
              places.add(new MeantCredential.At(url(list), Integer.toString(index)));
            }
          });
    }
    return places;
  }

  private KeptList list(String file) {
    return lists.stream().filter(list -> list.file().equals(file)).findFirst().orElseThrow();
  }

  /** What came of an order. */
  enum Found {
    CHANGED,
    /** It said so before. */
    SAME,
    /** No place of this credential could say it. */
    NONE,
    /** It was revoked. */
    FINAL
  }

  /** What came of it, and the ledger then. */
  record Ordered(Found found, StatusLedger ledger) {}
}
