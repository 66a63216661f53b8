package org.earnest.kit.submission;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.earnest.core.submission.Submission;
import org.earnest.kit.postgres.Database;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;

/** Pages of the journal, for whoever looks after it. */
final class SubmissionList {
  private final Database database;

  SubmissionList(Database database) {
    this.database = database;
  }

  /** A submission, and since when it stands so. */
  record Row(Submission submission, Instant changedAt) {
    SubmissionFilter.Position position() {
      return new SubmissionFilter.Position(changedAt, submission.id().digest());
    }
  }

  List<Row> page(SubmissionFilter filter) {
    return filter.states().isEmpty()
        ? List.of()
        : database.call(handle -> query(handle, filter).map(SubmissionList::row).list());
  }

  private static Query query(Handle handle, SubmissionFilter filter) {
    StringBuilder sql =
        new StringBuilder("select * from submissions.submission where state in (<states>)");
    filter.signer().ifPresent(signer -> sql.append(" and coalesce(signer, sender) = :signer"));
    filter.after().ifPresent(after -> sql.append(" and (changed_at, id) < (:at, :id)"));
    sql.append(" order by changed_at desc, id desc limit :limit");
    Query query =
        handle
            .createQuery(sql.toString())
            .bindList("states", filter.states().stream().map(StateName::text).toList())
            .bind("limit", filter.limit());
    filter.signer().ifPresent(signer -> query.bind("signer", signer.hex()));
    filter
        .after()
        .ifPresent(
            after ->
                query
                    .bind("at", after.changedAt().atOffset(ZoneOffset.UTC))
                    .bind("id", after.id().bytes()));
    return query;
  }

  private static Row row(ResultSet row, StatementContext context) throws SQLException {
    return new Row(
        SubmissionRow.read(row, context),
        row.getObject("changed_at", OffsetDateTime.class).toInstant());
  }
}
