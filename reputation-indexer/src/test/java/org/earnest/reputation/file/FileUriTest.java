package org.earnest.reputation.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileUriTest {
  private static final String CID = "bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi";
  private static final Optional<URI> GATEWAY = Optional.of(URI.create("https://ipfs.example/"));

  @Test
  void webUrisAreLeftToTheGuardedClientWhateverTheyPointTo() {
    assertThat(parse("https://agent.example/card.json"))
        .isEqualTo(new FileUri.Web(URI.create("https://agent.example/card.json")));
    assertThat(parse("HTTP://127.0.0.1/")).isInstanceOf(FileUri.Web.class);
  }

  @Test
  void ipfsGoesThroughTheGateway() {
    assertThat(parse("ipfs://" + CID))
        .isEqualTo(new FileUri.Web(URI.create("https://ipfs.example/ipfs/" + CID)));
    assertThat(parse("ipfs://ipfs/" + CID + "/a/card.json"))
        .isEqualTo(
            new FileUri.Web(URI.create("https://ipfs.example/ipfs/" + CID + "/a/card.json")));
    assertThat(code(FileUri.parse("ipfs://" + CID, Optional.empty())))
        .isEqualTo("ipfs_gateway_missing");
  }

  @ParameterizedTest
  @CsvSource({
    "'ipfs://../../admin', uri_malformed",
    "'ipfs://short', uri_malformed",
    "'ipfs://bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi?x=1', uri_malformed",
    "'https://a b', uri_malformed",
    "'', scheme_not_supported",
    "'agent.json', scheme_not_supported",
    "'file:///etc/passwd', scheme_not_supported",
    "'javascript:alert(1)', scheme_not_supported",
    "'ftp://agent.example/card.json', scheme_not_supported",
    "'data:application/json', uri_malformed",
    "'data:;base64,%%%', uri_malformed",
    "'data:;base64,####', uri_malformed",
    "'data:,%zz', uri_malformed",
  })
  void whatIsNeverRead(String uri, String code) {
    assertThat(code(parse(uri))).isEqualTo(code);
  }

  @Test
  void longUrisAreNotAskedFor() {
    assertThat(code(parse("https://agent.example/" + "a".repeat(FileUri.MAX_WEB_CHARS))))
        .isEqualTo("uri_too_long");
  }

  @ParameterizedTest
  @CsvSource({
    "'data:application/json,{\"a\":1+1}', '{\"a\":1+1}'",
    "'data:,%7B%22a%22%3A%22%C3%A4%22%7D', '{\"a\":\"ä\"}'",
    "'data:application/json,{\"a\":\"ä\"}', '{\"a\":\"ä\"}'",
    "'data:application/json;charset=utf-8;base64,eyJhIjoxfQ==', '{\"a\":1}'",
    "'DATA:application/json;BASE64,eyJhIjoxfQ%3D%3D', '{\"a\":1}'",
    "'data:,', ''",
  })
  void dataUrisCarryTheirFile(String uri, String text) {
    assertThat(parse(uri)).isInstanceOf(FileUri.Inline.class);
    FileUri.Inline inline = (FileUri.Inline) parse(uri);
    assertThat(new String(inline.data().content().bytes(), StandardCharsets.UTF_8)).isEqualTo(text);
  }

  @Test
  void dataUrisAreBoundedLikeFiles() {
    assertThat(parse("data:," + "a".repeat(FileSource.MAX_BYTES)))
        .isInstanceOf(FileUri.Inline.class);
    assertThat(code(parse("data:," + "a".repeat(FileSource.MAX_BYTES + 1))))
        .isEqualTo("body_too_large");
  }

  private static FileUri parse(String text) {
    return FileUri.parse(text, GATEWAY);
  }

  private static String code(FileUri uri) {
    return uri instanceof FileUri.Unreadable not ? not.code() : "readable: " + uri;
  }
}
