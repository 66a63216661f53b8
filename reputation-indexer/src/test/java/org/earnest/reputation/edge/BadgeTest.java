package org.earnest.reputation.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class BadgeTest {
  private static final List<String> HOSTILE =
      List.of(
          "</title><script>alert(1)</script>",
          "\" onload=\"alert(1)",
          "a & b ' c",
          "\u0000\u0007\ud800",
          "]]><!--",
          "\u202e right to left",
          "&#x3c;");

  @Test
  void isAPictureWithATitleWhateverItSays() throws Exception {
    for (String words : HOSTILE) {
      Document svg = parse(new Badge(words, words).svg());
      assertThat(svg.getDocumentElement().getTagName()).isEqualTo("svg");
      assertThat(svg.getElementsByTagName("*").getLength()).as(words).isEqualTo(7);
      assertThat(svg.getDocumentElement().getAttributes().getLength()).isEqualTo(5);
      assertThat(svg.getElementsByTagName("title").item(0).getTextContent())
          .isEqualTo(stored(words) + ": " + stored(words));
    }
  }

  @Test
  void namesItsTitleForThoseWhoHear() throws Exception {
    Document svg = parse(new Badge("agent 7", "3 legs settled, rated 80.00").svg());
    assertThat(svg.getDocumentElement().getAttribute("role")).isEqualTo("img");
    assertThat(svg.getDocumentElement().getAttribute("aria-labelledby")).isEqualTo("title");
    assertThat(svg.getElementsByTagName("title").item(0).getTextContent())
        .isEqualTo("agent 7: 3 legs settled, rated 80.00");
  }

  private static String stored(String words) {
    return words
        .replace('\u0000', '\ufffd')
        .replace('\u0007', '\ufffd')
        .replace('\ud800', '\ufffd');
  }

  private static Document parse(String svg) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    return factory
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
  }
}
