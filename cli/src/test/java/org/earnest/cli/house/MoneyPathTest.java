package org.earnest.cli.house;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.earnest.bindings.rpc.JsonRpc;
import org.earnest.core.submission.TransactionSubmitter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Money leaves by one door: the submission engine, which stores what it sends before it does. */
class MoneyPathTest {
  private static final String ENGINE = "org.earnest.bindings.submission";

  /**
   * Compares with other ways of sending, and stops the engine between two steps; it runs no house.
   */
  private static final String BENCH = House.packages("bench");

  /** Knows the call as one that may be repeated; it passes on what it is given. */
  private static final String WIRE = "org.earnest.bindings.rpc";

  /** A method's name reaches the compiled class as it was written. */
  @Test
  void onlyTheEngineNamesTheCallThatSends() throws IOException {
    assertThat(packagesThatName("eth_sendRawTransaction"))
        .filteredOn(name -> !name.startsWith("org.earnest.bench"))
        .containsExactly(WIRE, ENGINE);
  }

  /** The node would sign these with a key of its own, and no journal would know. */
  @ParameterizedTest
  @ValueSource(strings = {"eth_sendTransaction", "eth_signTransaction", "personal_sendTransaction"})
  void nobodyLetsTheNodeSign(String method) throws IOException {
    assertThat(packagesThatName(method)).isEmpty();
  }

  /** Others read through {@code ChainReader}, so a name put together at run time sends nothing. */
  @Test
  void onlyTheBindingsAndTheDevnetCallTheNode() {
    noClasses()
        .that()
        .resideInAPackage("org.earnest..")
        .and()
        .resideOutsideOfPackages(WIRE + "..", ENGINE + "..", House.packages("devnet"), BENCH)
        .should()
        .callMethodWhere(
            target(owner(assignableTo(JsonRpc.class))).and(target(nameMatching("call.*|require"))))
        .allowEmptyShould(false)
        .check(House.classes());
  }

  @Test
  void onlyTheEngineImplementsTheSubmitter() {
    classes()
        .that()
        .implement(TransactionSubmitter.class)
        .should()
        .resideInAPackage(ENGINE)
        .allowEmptyShould(false)
        .check(House.classes());
  }

  /** The generated wrappers can send by web3j's own managers, which keep nonces in memory. */
  @Test
  void nobodySendsByTheGeneratedWrappers() {
    noClasses()
        .that()
        .resideInAPackage("org.earnest..")
        .and()
        .resideOutsideOfPackages("org.earnest.bindings.contract..", BENCH)
        .should()
        .callMethodWhere(
            target(owner(assignableTo("org.web3j.protocol.core.RemoteCall")))
                .and(target(nameMatching("send.*|flowable"))))
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage("org.web3j.protocol.http..", "org.web3j.tx.response..")
        .allowEmptyShould(false)
        .check(House.classes());
  }

  @Test
  void onlyTheBindingsKnowTheGeneratedWrappers() {
    noClasses()
        .that()
        .resideInAPackage("org.earnest..")
        .and()
        .resideOutsideOfPackages(House.packages("bindings"), BENCH)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.earnest.bindings.contract..", "org.web3j.protocol..", "org.web3j.tx..")
        .allowEmptyShould(false)
        .check(House.classes());
  }

  private static Set<String> packagesThatName(String method) throws IOException {
    Set<String> packages = new TreeSet<>();
    List<JavaClass> all = House.classes().stream().toList();
    assertThat(all).isNotEmpty();
    for (JavaClass type : all) {
      if (House.isRoom(type) && compiled(type).contains(method)) {
        packages.add(type.getPackageName());
      }
    }
    return packages;
  }

  private static String compiled(JavaClass type) throws IOException {
    try (InputStream bytes = type.getSource().orElseThrow().getUri().toURL().openStream()) {
      return new String(bytes.readAllBytes(), ISO_8859_1);
    }
  }
}
