package io.processpool.core.result;

import java.io.Serializable;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * The values of a map whose items are all there. It travels as an ordinary list. Immutable, and
 * safe for use by several threads.
 *
 * @param <R> the type of one value
 */
final class ValueList<R extends @Nullable Object> extends AbstractList<R>
    implements RandomAccess, Serializable {
  private static final long serialVersionUID = 1L;

  private final transient ItemStore items;

  ValueList(ItemStore items) {
    this.items = items;
  }

  @Override
  @SuppressWarnings("unchecked") // the function that gave it returns an R
  public R get(int index) {
    return (R) items.get(Objects.checkIndex(index, items.size()));
  }

  @Override
  public int size() {
    return items.size();
  }

  private Object writeReplace() {
    List<Object> ordinary = Arrays.asList(toArray());
    return ordinary;
  }
}
