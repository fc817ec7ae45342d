package io.processpool.spi;

/** Makes the backend of one pool. */
@FunctionalInterface
public interface BackendFactory {

  /**
   * Creates a backend that has no slot yet.
   *
   * @param settings what the slots have in common
   * @return the backend
   */
  Backend create(BackendSettings settings);
}
