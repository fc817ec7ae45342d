package io.processpool;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of one call of a {@link Pool#starmap starmap}: two or three values, of which each
 * may be {@code null}.
 *
 * <pre>{@code
 * List<Integer> sums = pool.starmap((a, b) -> a + b, List.of(Args.of(1, 2), Args.of(3, 4)));
 * }</pre>
 */
public sealed interface Args extends Serializable {

  /**
   * Two arguments.
   *
   * @param first the first argument
   * @param second the second argument
   * @param <A> the type of the first argument
   * @param <B> the type of the second argument
   * @return the pair of them
   */
  static <A extends @Nullable Object, B extends @Nullable Object> Pair<A, B> of(A first, B second) {
    return new Pair<>(first, second);
  }

  /**
   * Three arguments.
   *
   * @param first the first argument
   * @param second the second argument
   * @param third the third argument
   * @param <A> the type of the first argument
   * @param <B> the type of the second argument
   * @param <C> the type of the third argument
   * @return the triple of them
   */
  static <A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object>
      Triple<A, B, C> of(A first, B second, C third) {
    return new Triple<>(first, second, third);
  }

  /**
   * Two arguments.
   *
   * @param first the first argument
   * @param second the second argument
   * @param <A> the type of the first argument
   * @param <B> the type of the second argument
   */
  record Pair<A extends @Nullable Object, B extends @Nullable Object>(A first, B second)
      implements Args {}

  /**
   * Three arguments.
   *
   * @param first the first argument
   * @param second the second argument
   * @param third the third argument
   * @param <A> the type of the first argument
   * @param <B> the type of the second argument
   * @param <C> the type of the third argument
   */
  record Triple<A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object>(
      A first, B second, C third) implements Args {}
}
