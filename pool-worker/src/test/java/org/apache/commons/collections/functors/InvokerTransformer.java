package org.apache.commons.collections.functors;

import java.io.Serial;
import java.io.Serializable;

/** Has the name of a class that is known from attacks, and tells when it is initialised. */
public final class InvokerTransformer implements Serializable {
  /** Set by the initialisation of the class. */
  public static final String INITIALISED = "test.gadget.initialised";

  @Serial private static final long serialVersionUID = 1L;

  static {
    System.setProperty(initialised(), "true");
  }

  /** Creates one. */
  public InvokerTransformer() {}

  private static String initialised() {
    return INITIALISED;
  }
}
