package io.processpool.connection;

/**
 * Why a connection cannot receive, or send, any more. A constant and no text: to note it takes no
 * memory, of which there may be none.
 */
enum Defect {
  NO_LENGTH("what came was not the length of a message"),
  RECEIVED_IN_PART("a message was taken in part"),
  SENT_IN_PART("a message was sent in part"),
  TOO_LONG("a message was longer than allowed");

  private final String description;

  Defect(String description) {
    this.description = description;
  }

  @Override
  public String toString() {
    return description;
  }
}
