package org.earnest.did;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.net.URI;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.earnest.core.identity.DidResolution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README tells people to write is compiled and run as it stands there. */
class ReadmeTest {
  private static final Pattern FENCE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  @TempDir Path folder;

  @Test
  void theProgramInItResolves() throws Exception {
    Matcher fence = FENCE.matcher(Files.readString(Path.of("README.md")));
    assertThat(fence.find()).isTrue();
    String snippet = fence.group(1);
    assertThat(snippet.lines().filter(line -> !line.startsWith("import "))).hasSizeLessThan(8);
    String program =
        Stream.concat(
                snippet.lines().filter(line -> line.startsWith("import ")),
                Stream.of(
                    "class Snippet implements java.util.concurrent.Callable<Object> {",
                    "public Object call() {",
                    String.join(
                        "\n", snippet.lines().filter(line -> !line.startsWith("import ")).toList()),
                    "return answer; } }"))
            .collect(java.util.stream.Collectors.joining("\n"));
    compile(program);
    try (URLClassLoader loader = new URLClassLoader(new java.net.URL[] {folder.toUri().toURL()})) {
      var constructor = loader.loadClass("Snippet").getDeclaredConstructor();
      constructor.setAccessible(true);
      Object answer = ((java.util.concurrent.Callable<?>) constructor.newInstance()).call();
      assertThat(answer).isInstanceOf(DidResolution.Resolved.class);
    }
  }

  private void compile(String program) {
    JavaCompiler compiler = Optional.ofNullable(ToolProvider.getSystemJavaCompiler()).orElseThrow();
    JavaFileObject source =
        new SimpleJavaFileObject(URI.create("string:///Snippet.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return program;
          }
        };
    StringWriter said = new StringWriter();
    boolean compiled =
        compiler
            .getTask(
                said,
                null,
                null,
                List.of("-proc:none", "-d", folder.toString(), "-cp", classPath()),
                null,
                List.of(source))
            .call();
    assertThat(compiled).as(said + "\n" + program).isTrue();
  }

  /** Surefire hides it behind a jar that javac does not look through. */
  private static String classPath() {
    String hidden = System.getProperty("surefire.test.class.path");
    return hidden != null ? hidden : System.getProperty("java.class.path");
  }
}
