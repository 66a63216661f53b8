package org.earnest.cli.doctor;

/** Is the JDK that runs us new enough, and the tested one? */
public record JdkCheck(int feature, String home) implements Check {
  private static final String NAME = "jdk";
  private static final int MINIMUM = 21;
  private static final int TESTED = 25;

  /** The JDK of this process. */
  public static JdkCheck ofThisProcess() {
    return new JdkCheck(Runtime.version().feature(), System.getProperty("java.home"));
  }

  @Override
  public Finding run() {
    String found = "JDK " + feature + " in " + home;
    if (feature < MINIMUM) {
      return Finding.fail(
          NAME, found + ", older than " + MINIMUM, "install a JDK " + TESTED + " or set JAVA_HOME");
    }
    if (feature < TESTED) {
      return Finding.note(
          NAME, found + ", accepted", "JDK " + TESTED + " is what Earnest is tested with");
    }
    return Finding.ok(NAME, found);
  }
}
