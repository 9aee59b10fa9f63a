package org.confocal.health;

import java.util.concurrent.TimeUnit;
import org.confocal.focus.view.FocusView;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows {@link Autoscale} the focus every {@link Autoscale#SAMPLE}. */
final class Sampling extends AbstractLifeCycle {
    private static final Logger log = LoggerFactory.getLogger(Sampling.class);

    private final Autoscale autoscale;
    private final FocusView view;
    private final Scheduler scheduler;

    Sampling(Autoscale autoscale, FocusView view, Scheduler scheduler) {
        this.autoscale = autoscale;
        this.view = view;
        this.scheduler = scheduler;
    }

    @Override
    protected void doStart() {
        again();
    }

    private void again() {
        scheduler.schedule(this::sample, Autoscale.SAMPLE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void sample() {
        if (!isRunning() && !isStarting()) {
            return;
        }
        try {
            autoscale.sample(view.snapshot());
        } catch (RuntimeException failed) {
            log.warn("People could not be counted for /autoscale", failed);
        }
        again();
    }
}
