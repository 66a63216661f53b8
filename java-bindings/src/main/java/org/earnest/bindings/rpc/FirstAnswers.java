package org.earnest.bindings.rpc;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The first answers to several calls: one node refuses what it does not keep or serve, and another
 * may answer it.
 */
final class FirstAnswers {
  private final List<RpcCall> calls;
  private final List<RpcReply> told = new ArrayList<>();

  FirstAnswers(List<RpcCall> calls) {
    this.calls = calls;
  }

  boolean none() {
    return told.isEmpty();
  }

  boolean complete() {
    return !none() && refused().isEmpty();
  }

  /** To the first of the calls; a refusal where whoever was asked refuses, the first of them. */
  List<RpcReply> told() {
    return List.copyOf(told);
  }

  /** Those that are refused so far, by their places. */
  private List<Integer> refused() {
    return IntStream.range(0, told.size())
        .filter(place -> RefusedReads.isOne(calls.get(place), told.get(place)))
        .boxed()
        .toList();
  }

  /** As many as it takes at once, or what another has refused. */
  void askOf(Endpoint endpoint, Deadline deadline) {
    if (none()) {
      told.addAll(endpoint.askSome(deadline, calls));
      return;
    }
    List<Integer> places = refused();
    while (!places.isEmpty()) {
      List<RpcReply> replies = endpoint.askSome(deadline, places.stream().map(calls::get).toList());
      for (int i = 0; i < replies.size(); i++) {
        hear(places.get(i), replies.get(i));
      }
      places = places.subList(replies.size(), places.size());
    }
  }

  void tellOfRefusals(Endpoint endpoint) {
    refused().forEach(place -> endpoint.tellOfRefusal(calls.get(place), told.get(place)));
  }

  private void hear(int place, RpcReply reply) {
    if (!RefusedReads.isOne(calls.get(place), reply)) {
      told.set(place, reply);
    }
  }
}
