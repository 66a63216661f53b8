package org.earnest.reputation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.earnest.reputation.graph.Bounds;
import org.junit.jupiter.api.Test;

/** Filters by ids, by lists of them and of values. */
class GraphqlListsIT extends OnGraphql {
  @Test
  void takesAsManyIdsAsAPageHas() throws Exception {
    List<String> all = ids(data("{ agents(first: 1000) { id } }").path("agents"));
    List<String> ids =
        IntStream.range(0, Bounds.MAX_MEMBERS)
            .mapToObj(i -> i < all.size() ? all.get(i) : all.getFirst() + "0000" + i)
            .toList();
    assertThat(among("id_in: $ids", ids)).isEqualTo(all);
    assertThat(among("id_not_in: $ids", ids)).isEmpty();
    assertThat(
            data(
                    "query Q($ids: [ID!]) { feedbacks(where: {id_in: $ids}) { id } }",
                    Map.of("ids", ids))
                .path("feedbacks"))
        .isEmpty();
  }

  @Test
  void idsThatAreNoneHereAreInNoList() throws Exception {
    List<String> all = ids(data("{ agents(first: 1000) { id } }").path("agents"));
    assertThat(among("id_not_in: $ids", List.of("1:1", "x"))).isEqualTo(all);
    assertThat(among("id_not_in: $ids", List.of("1:1", all.getFirst())))
        .isEqualTo(all.subList(1, all.size()));
    assertThat(among("id_in: $ids", List.of("1:1", all.getLast()))).containsExactly(all.getLast());
    List<String> entries = ids(data("{ feedbacks { id } }").path("feedbacks"));
    String foreign = "1:1:0x" + "0".repeat(40) + ":1";
    assertThat(
            ids(
                data(
                        "query Q($ids: [ID!]) { feedbacks(where: {id_not_in: $ids}) { id } }",
                        Map.of("ids", List.of(foreign, entries.getFirst())))
                    .path("feedbacks")))
        .isEqualTo(entries.subList(1, entries.size()));
    assertThat(
            ids(
                data(
                        "query Q($ids: [ID!]) { feedbacks(where: {id_in: $ids}) { id } }",
                        Map.of("ids", List.of(foreign, entries.getFirst())))
                    .path("feedbacks")))
        .containsExactly(entries.getFirst());
  }

  @Test
  void comparesWithListsOfEachKind() throws Exception {
    List<String> all = ids(data("{ feedbacks { id } }").path("feedbacks"));
    assertThat(
            ids(
                data("{ feedbacks(where: {isRevoked_in: [true, false], feedbackIndex_not_in: [0],"
                        + " value_not_in: [1e-70], clientAddress_not_in: [\"0x00\"],"
                        + " feedbackURI_not_in: []}) { id } }")
                    .path("feedbacks")))
        .isEqualTo(all);
  }

  private List<String> among(String filter, List<String> ids) throws Exception {
    return ids(
        data(
                "query Q($ids: [ID!]) { agents(first: 1000, where: {" + filter + "}) { id } }",
                Map.of("ids", ids))
            .path("agents"));
  }

  @Test
  void answersWithNothingForWhatIsNotThere() throws Exception {
    for (String id : List.of("1:1", "31337:999", "x", "", "31337:1:0x00:1")) {
      assertThat(
              data("query Q($id: ID!) { agent(id: $id) { id } }", Map.of("id", id))
                  .path("agent")
                  .isNull())
          .as(id)
          .isTrue();
      assertThat(
              data("query Q($id: ID!) { feedback(id: $id) { id } }", Map.of("id", id))
                  .path("feedback")
                  .isNull())
          .isTrue();
    }
    assertThat(data("{ agents(where: {id_in: []}) { id } }").path("agents")).isEmpty();
    assertThat(data("{ agents(where: {id_in: [\"1:1\"]}) { id } }").path("agents")).isEmpty();
  }
}
