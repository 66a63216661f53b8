package org.earnest.kit.submission;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.earnest.core.submission.Submission;
import org.earnest.core.submission.SubmissionId;
import org.earnest.core.submission.SubmissionJournal.Step;
import org.earnest.core.submission.SubmissionJournal.Transition;
import org.earnest.core.submission.SubmissionState;
import org.earnest.core.submission.SubmissionState.Carried;
import org.earnest.core.submission.SubmissionState.Claimed;
import org.earnest.core.submission.SubmissionState.Dissolved;
import org.earnest.core.submission.SubmissionState.Rejected;
import org.jdbi.v3.core.Handle;

/**
 * What one submission carries of others. Rows are locked in the order of their ids, so that two
 * batches of the same items wait for each other and never for ever; a carrier before what it
 * carries.
 */
final class Carriages {
  private Carriages() {}

  /** An item as it is stored, with its place. */
  private record Place(Submission item, int index) {}

  static Transition carry(Handle handle, Submission carrier, List<Submission> items) {
    List<Place> places = new ArrayList<>();
    for (Submission seen : ordered(items)) {
      SubmissionState state = StateColumns.storable(seen.state());
      Optional<Submission> held = PostgresSubmissionJournal.locked(handle, seen.id());
      if (held.filter(item -> item.state().equals(state)).isEmpty()) {
        return Transition.STALE;
      }
      places.add(new Place(held.get(), items.indexOf(seen)));
    }
    if (!StepStatement.claim(handle, carrier)) {
      return Transition.STALE;
    }
    for (Place place : places) {
      SubmissionState carried = new Carried(carrier.id(), place.index());
      write(handle, place.item(), carried);
    }
    return Transition.APPLIED;
  }

  private static List<Submission> ordered(List<Submission> items) {
    return items.stream().sorted(Comparator.comparing(item -> item.id().toString())).toList();
  }

  static Optional<List<Step>> dissolve(Handle handle, SubmissionId id) {
    Optional<Submission> carrier = PostgresSubmissionJournal.locked(handle, id);
    if (carrier.filter(held -> held.state().cameToNothing()).isEmpty()) {
      return Optional.empty();
    }
    List<Step> steps = new ArrayList<>();
    if (carrier.get().state() instanceof Rejected) {
      steps.add(new Step(carrier.get(), new Dissolved()));
    }
    carriedBy(handle, id).forEach(item -> steps.add(new Step(item, new Claimed())));
    for (Step step : steps) {
      write(handle, step.before(), step.to());
    }
    return Optional.of(steps);
  }

  private static List<Submission> carriedBy(Handle handle, SubmissionId carrier) {
    return handle
        .createQuery(
            "select * from submissions.submission where carrier = :carrier order by id for update")
        .bind("carrier", PostgresSubmissionJournal.bytes(carrier))
        .map(SubmissionRow::read)
        .list();
  }

  private static void write(Handle handle, Submission locked, SubmissionState to) {
    if (StepStatement.take(handle, locked.id(), locked.state(), to) != Transition.APPLIED) {
      throw new IllegalStateException("a locked row changed: " + locked.id());
    }
  }
}
