package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.processpool.Pool;
import java.lang.reflect.Constructor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterClassTemplateInvocationCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeClassTemplateInvocationCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.params.ParameterInfo;

/**
 * Gives the tests of a class the pool that they share, of the kind that the class is run for, and
 * checks after the last of them that no process is left behind.
 */
final class SharedPool
    implements BeforeAllCallback,
        BeforeClassTemplateInvocationCallback,
        AfterClassTemplateInvocationCallback,
        AfterAllCallback,
        ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(SharedPool.class);

  @Override
  public void beforeAll(ExtensionContext context) {
    EveryBackend annotation = context.getRequiredTestClass().getAnnotation(EveryBackend.class);
    int workers = annotation == null ? 2 : annotation.workers();
    context.getStore(NAMESPACE).put(Lazy.class, new Lazy(workers));
  }

  @Override
  public void beforeClassTemplateInvocation(ExtensionContext context) {
    ParameterInfo parameters = ParameterInfo.get(context);
    if (parameters != null) {
      lazy(context).kind = parameters.getArguments().get(0, PoolKind.class);
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Pool.class
        && parameter.getDeclaringExecutable() instanceof Constructor;
  }

  @Override
  public Pool resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return lazy(context).pool();
  }

  @Override
  public void afterClassTemplateInvocation(ExtensionContext context) throws InterruptedException {
    end(context);
  }

  @Override
  public void afterAll(ExtensionContext context) throws InterruptedException {
    end(context);
  }

  private static void end(ExtensionContext context) throws InterruptedException {
    lazy(context).end();
    Processes.awaitNoneBelowThisJvm();
  }

  private static Lazy lazy(ExtensionContext context) {
    return context.getStore(NAMESPACE).get(Lazy.class, Lazy.class);
  }

  private static final class Lazy {
    private final int workers;
    private PoolKind kind = PoolKind.PROCESS;
    private @Nullable Pool pool;

    Lazy(int workers) {
      this.workers = workers;
    }

    Pool pool() {
      if (pool == null) {
        pool = kind.pool(workers);
      }
      return pool;
    }

    void end() throws InterruptedException {
      if (pool != null) {
        pool.shutdown();
        assertThat(pool.join(Results.BOUND)).as("the shared pool has ended").isTrue();
        pool = null;
      }
    }
  }
}
