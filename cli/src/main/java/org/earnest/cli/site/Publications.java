package org.earnest.cli.site;

/** What agents have the host serve for them. */
public record Publications(RegistrationFiles registrationFiles, Deliverables deliverables) {
  /** Nothing yet. */
  public static Publications none() {
    return new Publications(new RegistrationFiles(), new Deliverables());
  }
}
