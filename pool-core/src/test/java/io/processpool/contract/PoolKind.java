package io.processpool.contract;

import io.processpool.Pool;
import io.processpool.PoolBuilder;

/** The backends that every pool-like behaviour is shown over. */
enum PoolKind {
  PROCESS {
    @Override
    PoolBuilder builder() {
      return Pool.builder();
    }
  },
  INLINE {
    @Override
    PoolBuilder builder() {
      return Pool.builder().inline();
    }
  };

  abstract PoolBuilder builder();

  Pool pool(int workers) {
    return builder().workers(workers).build();
  }
}
