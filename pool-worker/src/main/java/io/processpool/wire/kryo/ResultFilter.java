package io.processpool.wire.kryo;

import java.io.ObjectInputFilter;
import java.io.ObjectInputFilter.Status;
import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says which classes may be read, and how much of them: the user's pattern, and beside it {@link
 * KnownGadgets}. Immutable.
 *
 * <p>Limits are kept apart from classes, for they must be asked about each object, and a class only
 * once.
 */
public final class ResultFilter {
  /** Lets everything pass; for what comes from a process that is trusted. */
  public static final ResultFilter NONE = new ResultFilter("", null, null, false);

  private static final ResultFilter DEFAULT = new ResultFilter("", null, null, true);

  private static final String OWN_PACKAGE = ResultFilter.class.getPackageName();

  private final String pattern;
  private final @Nullable ObjectInputFilter classes;
  private final @Nullable ObjectInputFilter limits;
  private final boolean withDefault;

  private ResultFilter(
      String pattern,
      @Nullable ObjectInputFilter classes,
      @Nullable ObjectInputFilter limits,
      boolean withDefault) {
    this.pattern = pattern;
    this.classes = classes;
    this.limits = limits;
    this.withDefault = withDefault;
  }

  /**
   * Creates a filter.
   *
   * @param pattern as {@link ObjectInputFilter.Config#createFilter} takes it; {@code null} for the
   *     safe default alone
   * @return the filter
   */
  public static ResultFilter of(@Nullable String pattern) {
    return pattern == null
        ? DEFAULT
        : new ResultFilter(pattern, part(pattern, false), part(pattern, true), true);
  }

  private static @Nullable ObjectInputFilter part(String pattern, boolean limits) {
    String part =
        Arrays.stream(pattern.split(";", -1))
            .filter(entry -> entry.contains("=") == limits)
            .collect(Collectors.joining(";"));
    return ObjectInputFilter.Config.createFilter(part);
  }

  boolean hasLimits() {
    return limits != null;
  }

  private String describe() {
    return "the result filter '" + pattern + "'";
  }

  /**
   * Lets a class pass. Text, boxed primitives, and the marks that this package leaves in a stream
   * always do, and an array does if its elements do.
   *
   * @throws RejectedException if it must not be read
   */
  void check(Class<?> type) {
    Class<?> element = type;
    while (element.isArray()) {
      element = element.getComponentType();
    }
    if (element.isPrimitive() || PlainFormat.isScalar(element) || isOwn(element)) {
      return;
    }
    Status status = classes == null ? Status.UNDECIDED : classes.checkInput(new Place(element));
    if (status == Status.REJECTED) {
      throw new RejectedException("class " + element.getName() + " is rejected by " + describe());
    }
    if (status == Status.UNDECIDED && withDefault && KnownGadgets.contain(element)) {
      throw new RejectedException(
          "class "
              + element.getName()
              + " is rejected by the safe default, since it is known from attacks; a result filter"
              + " that allows it prevails");
    }
  }

  /** Lets a value pass that is not part of a graph: only its size matters. */
  void checkPlain(@Nullable Object value, int bytes) {
    if (limits == null || value == null) {
      return;
    }
    boolean isArray = value.getClass().isArray();
    Place place = Place.of(1, 1, bytes);
    checkSize(isArray ? place.withElements(Array.getLength(value)) : place);
  }

  /** Compares with the limits, if there are any. */
  void checkSize(Place place) {
    if (limits != null && limits.checkInput(place) == Status.REJECTED) {
      throw new RejectedException(place.describe() + " are rejected by " + describe());
    }
  }

  private static boolean isOwn(Class<?> type) {
    return type.getPackageName().equals(OWN_PACKAGE)
        && type.getClassLoader() == ResultFilter.class.getClassLoader();
  }
}
