package org.earnest.reputation.graph;

/** SQL for members of an agent's registration file, {@code $f.document} of an {@link Entity}. */
final class FileMembers {
  private FileMembers() {}

  static String member(String name) {
    return "($f.document ->> '" + name + "')";
  }

  static String service(String name, String member) {
    return "(select e.value ->> '"
        + member
        + "' from jsonb_array_elements($f.document -> 'services') e where lower(e.value ->> 'name') = '"
        + name
        + "' limit 1)";
  }

  static String listed(String name, String member) {
    return "(select coalesce(array_agg(w.value), cast('{}' as text[]))"
        + " from jsonb_array_elements($f.document -> 'services') e,"
        + " jsonb_array_elements_text(e.value -> '"
        + member
        + "') w where lower(e.value ->> 'name') = '"
        + name
        + "')";
  }

  static String texts(String list) {
    return "(select coalesce(array_agg(w.value), cast('{}' as text[]))"
        + " from jsonb_array_elements_text("
        + list
        + ") w)";
  }
}
