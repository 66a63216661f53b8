package org.earnest.credentials;

class InMemoryChallengesTest extends ChallengesContract {
  private final InMemoryChallenges challenges = new InMemoryChallenges();

  @Override
  protected Challenges challenges() {
    return challenges;
  }

  @Override
  protected Challenges stranger() {
    return new InMemoryChallenges();
  }

  @Override
  protected Challenges ofAtMost(int used) {
    return new InMemoryChallenges(used);
  }
}
